"""One run of the program, the projects it is run on, and what is said about it."""

import argparse, contextlib, hashlib, json, os, random, re, resource, signal, subprocess, sys, tempfile, time
from pathlib import Path

TRACES = (".leitfaden-tmp", ".leitfaden.journal")
WORDS = "Auftrag Vertrag Konferenz System Anbieter Daten Schutz Region Speicher Raum Prüfung Quelle".split()
LIMIT = 10
options = argparse.Namespace()
sys.setrecursionlimit(20_000)  # os.walk goes down 1,000 folders.
wrong = []


def fail(what):
    print(f"WRONG  {what}", flush=True)
    wrong.append(what)


def trial(what, before):
    """The last line of a trial: `before` is how much was wrong when it began."""
    count = len(wrong) - before
    print(f"{'WRONG ' if count else 'ok    '} {what}: {count} wrong", flush=True)


class Run:
    """One run of the program, with what it used; 4 GB at most, `limit` seconds of the processor, six times that by the clock."""

    def __init__(self, root, *arguments, limit=6 * LIMIT):
        begin, pid, self.megabytes = time.monotonic(), 0, 0
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = start(root, *arguments, out=out, err=err)
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(child.pid, resource.RLIMIT_AS, (4 << 30, 4 << 30))
                resource.prlimit(child.pid, resource.RLIMIT_CPU, (limit, limit))
            while not pid:
                with contextlib.suppress(OSError, TypeError):  # The kernel's own figure for children counts Python's memory too.
                    self.megabytes = int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{child.pid}/status").read_text())[1]) / 1024
                if time.monotonic() - begin > 6 * limit:
                    child.kill()
                time.sleep(0.005)
                pid, status, used = os.wait4(child.pid, os.WNOHANG)
            child.returncode = self.code = os.waitstatus_to_exitcode(status)
            self.seconds, self.processor = time.monotonic() - begin, used.ru_utime + used.ru_stime
            err.seek(0)
            self.err = err.read().decode(errors="replace")

    def fault(self, codes=(0, 1, 2)):
        """What is wrong with how it ended, if anything."""
        lines = [line for line in self.err.split("\n") if line and self.code != 2]
        if self.code in (-signal.SIGKILL, -signal.SIGXCPU):
            return f"no end after {self.processor:.0f} s of the processor, {self.seconds:.0f} s by the clock"
        if self.code not in codes or "panicked" in self.err:
            return f"exit code {self.code}: {self.err.strip()[-300:]}"
        if self.code == 2 and not re.search("^error: .", self.err, re.M):
            return f"exit code 2 without a message: {self.err[:300]}"
        return next((f"a line that is no JSON: {line[:200]}" for line in lines if not is_json(line)), None)


def is_json(line):
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def start(root, *arguments, out=subprocess.DEVNULL, err=subprocess.DEVNULL):
    return subprocess.Popen(["nice", "-n", "5", options.binary, "--root", root, "--today", "2026-11-25", "--format", "json", *arguments], stdout=out, stderr=err)


def build(root, output, **rest):
    return Run(root, "build", "--output", output, **rest)


def article(number, mark):
    rng = random.Random(f"{number} {mark}")
    parts = [f"## Teil {part}\n\n{' '.join(rng.choice(WORDS) for _ in range(60))}.\n" for part in range(3)]
    return f"---\ntitle: Artikel {number}\ndescription: Fassung {mark}.\ntags: [Grundlagen]\n---\n\n" + "\n".join(parts)


def make_project(root, articles, mark="eins"):
    subprocess.run([options.binary, "init", root], check=True, stdout=subprocess.DEVNULL)
    for number in articles:
        (root / f"content/a{number}.md").write_text(article(number, mark if number % 3 else ""))
    index = root / "content/index.md"
    index.write_text(index.read_text() + f"\nFassung {mark}.\n")
    return root


def tree(folder):
    """Every file with its bytes."""
    return {os.path.relpath(os.path.join(at, name), folder): Path(at, name).read_bytes() for at, _, names in os.walk(folder) for name in names}


def whole(output, spell=str):
    """Why the output is not one whole generation by its own manifest, if it is not."""
    files = tree(output)
    listed = json.loads(files.pop(".leitfaden.json"))["files"]
    found = {spell(path): hashlib.sha256(data).hexdigest() for path, data in files.items()}
    different = sorted({(spell(path), digest) for path, digest in listed.items()} ^ set(found.items()))
    return f"differs from its manifest in {different[:3]}" if different else None


def left_over(output):
    """Traces of ours in the output and beside it."""
    stage = output.with_name(f".{output.name}.leitfaden-new")
    return [path.name for path in [stage, *(output / name for name in TRACES)] if os.path.exists(path)]


@contextlib.contextmanager
def mounted(at, *how):
    """Something mounted at this folder; False if that is not possible here."""
    at.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["mount", *how, at], capture_output=True).returncode == 0
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "-l", at], check=True)
