"""Damaged inputs: every one ends with findings or none, in time, and in JSON."""

import collections, random, re, shutil, sys, tempfile, threading
from pathlib import Path

from .runs import LIMIT, Run, article, fail, make_project, options, tree, trial, wrong

THEME = Path(__file__).resolve().parents[2] / "themes/standard"
SPECIALS = """--- ... : - ? & * ! | > ' " % @ ` { } [ ] , # ~ &a *a <<: !!binary !!python/object {{ }} {% %} {# #} {% for %} {% endfor %} {{ x.y.z }} {{ 1/0 }} {% include "x" %} {{<fact {{<fact/>}} {{<fact vendor="zoom" criterion="x"/>}} {{<term name=""/>}}
{{<comparison vendors="" criteria=""/>}} {{</fact>}} [[ ]] [x](@/ [x](@/../../etc/passwd) [x](javascript:x) ![]( [^1] [^1]: > [!TIP] ``` ~~~ | |-| *** ___ \\ <script> </script> <!-- --> <![CDATA[ <style> </p> <a href= &#x0; &#xffffffff; <svg onload=x> </html> <table><tr> <title> <iframe srcdoc=>
null true .nan .inf -.inf 0x7fffffffffffffff 1e999 -1 99999999999999999999999 2026-02-30 9999-12-31 0000-00-00 2026-11-25T00:00:00Z Ä\u0308 \ue000 \ufeff \u202e \u0000 \u200b \u00ad 𝕏 ﷽ ß İ ǅ \x7f \x1b[31m \r \r\r\n \u2028 \t url( @import @media{ expression( */ /* // ${ => `""".split(" ")
DEEP = [b"[", b"{", b"(", b"> ", b"- ", b"<div>", b"{% if true %}", b"{{(", b"*", b"[a](", b"![", b"&a ", b"a: {", b"  ", b"#", b"\n> - ", b"`", b"<b><i>", b"((", b"\t", b"|", b"{{<", b"[^", b"@media{", b"_*", b"~", b"$", b"!", b"not ", b"-"]
NUMBERS = [b"9" * 400, b"-1", b"1e999", b"0", b"18446744073709551616", b"-9223372036854775809", b"0.0000000001", b"2147483648", b"65536", b"4294967295"]


def mutate(rng, data, others):
    kind, at = rng.randrange(12), rng.randrange(len(data) + 1)
    end, size = min(len(data), at + rng.randrange(1, 200)), rng.randrange(1, 40)
    if kind == 0 and data:
        flipped = bytearray(data)
        for _ in range(size):
            flipped[rng.randrange(len(data))] = rng.randrange(256)
        return bytes(flipped)
    if kind == 1:
        return data[:at]
    if kind == 2:
        return data[:end] + data[at:end] * rng.choice([1, 2, 100]) + data[end:]
    if kind in (3, 4, 5):
        return data[:at] + rng.choice([b"", b"\n"]) + rng.choice(SPECIALS).encode() * rng.choice([1, 1, 1, 2, 30]) + data[at:]
    if kind == 6:
        return data[:at] + bytes(rng.choice([0xC3, 0xFF, 0xFE, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0]) for _ in range(rng.randrange(1, 5))) + data[at:]
    if kind == 7 and (digits := list(re.finditer(rb"\d+", data))):
        hit = rng.choice(digits)
        return data[: hit.start()] + rng.choice(NUMBERS) + data[hit.end() :]
    if kind == 8:
        return data[:at] + rng.choice(DEEP) * rng.choice([10, 200, 5000, 50_000]) + data[at:]
    if kind == 9:
        lines = data.splitlines(True)
        return b"".join(rng.sample(lines, len(lines) - min(len(lines), rng.randrange(4))))
    if kind == 10:
        return data[:at] + rng.choice(others)[-rng.randrange(1, 3000) :]
    return data[:at] + data[end:]


def make_mutable(root):
    """A small project with a file of every kind."""
    make_project(root, range(4))
    (root / "content/law.yaml").write_text('events:\n  - {date: 2025-12-03, title: Urteil, text: "Ein *Urteil*.", status: in_force, sources: [{url: "https://example.org/u", title: U, kind: behoerde, date: 2025-12}], affects: [{criterion: vertrag, value: ja}]}\n')
    (root / "content/a3.md").write_text(article(3, "mit allem") + '\n| a | b |\n|---|---|\n| 1 | 2[^f] |\n\n[^f]: Fuß.\n\n> [!NOTE]\n> {{<term name="Selbstbetrieb"/>}}, {{<fact vendor="beispiel-cloud" criterion="vertrag"/>}}\n\n```rust\nfn x() {}\n```\n\n![Bild](bild.svg) [Karte](@/vendors/beispiel-cloud.yaml)\n')
    (root / "content/static").mkdir()
    (root / "content/static/bild.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>\n')
    shutil.copytree(THEME, root / "themes/standard", ignore=shutil.ignore_patterns("fonts"))
    if run := Run(root, "check").code:
        sys.exit(f"the project to mutate does not check clean: exit code {run}")


def mutants(space):
    before, codes, lock, numbers, saved = len(wrong), collections.Counter(), threading.Lock(), iter(range(options.mutants)), []
    slowest = [0, 0]

    def work(name):
        root = space / f"mutants {name}"
        make_mutable(root)
        pristine = {path: data for path, data in sorted(tree(root).items())}
        kinds = [[path for path in pristine if path.startswith(start)] for start in ("content", "vendors", "themes")]
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            rng = random.Random(f"{options.seed}-{number}")
            changed = {rng.choice(rng.choice(kinds)) for _ in range(rng.choice([1, 1, 1, 2, 3]))}
            for path in sorted(changed):
                data = pristine[path]
                for _ in range(rng.choice([1, 1, 2, 4])):
                    data = mutate(rng, data, list(pristine.values()))
                (root / path).write_bytes(data)
            run = Run(root, "check", limit=LIMIT)
            with lock:
                codes[run.code] += 1
                slowest[:] = max(slowest[0], run.processor), max(slowest[1], run.megabytes)
                if fault := run.fault((0, 1)):
                    keep = Path(saved[0] if saved else tempfile.mkdtemp(prefix="leitfaden-endurance-"), f"{options.seed}-{number}")
                    saved.append(keep.parent)
                    shutil.copytree(root, keep)
                    fail(f"mutant {number} of {sorted(changed)}: {fault}; kept at {keep}")
            for path in changed:
                (root / path).write_bytes(pristine[path])

    workers = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    print(f"       seed {options.seed}, slowest {slowest[0]:.1f} s of the processor, largest {slowest[1]:.0f} MB")
    if sum(codes.values()) != options.mutants:
        fail("not all mutants were tried")
    trial(f"{sum(codes.values())} mutants (exit codes {dict(codes)})", before)
