"""kill -9 at any moment of a build that replaces one generation by another."""

import contextlib, random, shutil, sys, threading, time

from .runs import TRACES, build, fail, left_over, make_project, mounted, options, start, tree, trial, wrong


def generations(space):
    """Two projects that share, change, add and drop pages, and the site of each."""
    roots = [make_project(space / "one", range(60)), make_project(space / "two", range(15, 75), "zwei")]
    sites = []
    for root in roots:
        run = build(root, space / "reference")
        if run.code:
            sys.exit(f"a generated project does not build: {run.err}")
        sites.append(tree(space / "reference"))
        shutil.rmtree(space / "reference")
    return roots, sites


class Reader(threading.Thread):
    """Reads index.html all the time."""

    def __init__(self, output, pages):
        super().__init__()
        self.page, self.pages, self.stop, self.reads, self.faults = output / "index.html", pages, threading.Event(), 0, []

    def run(self):
        while not self.stop.wait(0.0002):
            try:
                try:
                    page = self.page.read_bytes()
                except FileNotFoundError:
                    page = self.page.read_bytes()  # It was half-way into the old folder; that can be once.
                if page not in self.pages:
                    self.faults.append(f"read a home page of {len(page)} bytes that is of no generation")
            except OSError as error:
                self.faults.append(f"the home page is missing: {error}")
            self.reads += 1


def kills(space, roots, sites, by_file):
    before, output, which = len(wrong), space / ("file by file" if by_file else "exchanged"), 1
    way = "file by file (output is a mount point)" if by_file else "by exchange"
    with mounted(output, "-t", "tmpfs", "tmpfs") if by_file else contextlib.nullcontext(True) as done:
        if not done:  # A folder of somebody else's inside has the same effect.
            way = "file by file (no mounts here: a foreign folder inside)"
            build(roots[1], output)
            (output / ".git").mkdir()
        trace = output / TRACES[0] if by_file else output.with_name(f".{output.name}.leitfaden-new")
        lengths, writes = [], []
        for number in range(6):
            begin, child, seen = time.monotonic(), start(roots[number % 2], "build", "--output", output), None
            while child.poll() is None:
                seen = seen or (time.monotonic() if trace.exists() else None)
                time.sleep(0.0002)
            lengths.append(time.monotonic() - begin)
            writes.append(time.monotonic() - (seen or begin))
        length, write = max(lengths[2:]), max(writes[2:])
        reader = Reader(output, [site["index.html"] for site in sites])
        reader.start()
        rng, count, tried, middle, kept = random.Random(options.seed), 0, 0, 0, [0, 0]
        while count < options.kills and tried < 10 * options.kills:
            tried, which = tried + 1, 1 - which
            child = start(roots[which], "build", "--output", output)
            if tried % 3:  # Two of three in the write phase.
                while child.poll() is None and not trace.exists():
                    time.sleep(0.0002)
                time.sleep(rng.random() * write)
            else:
                time.sleep(rng.random() * length)
            child.kill()
            if child.wait() == 0:
                continue
            count, middle = count + 1, middle + bool(left_over(output))
            found = {path: data for path, data in tree(output).items() if not path.startswith(TRACES)}
            if not by_file and found not in sites:
                fail(f"kill {count}: the output is no generation")
            kept[0], kept[1] = kept[0] + (found == sites[1 - which]), kept[1] + (found == sites[which])
            damaged = [path for path, data in found.items() if data not in [site.get(path) for site in sites]]
            missing = [path for path in sites[0] if path in sites[1] and path not in found]
            if damaged or missing:
                fail(f"kill {count}: damaged {damaged[:3]}, missing {missing[:3]}")
            run = build(roots[which], output)
            if run.code or tree(output) != sites[which] or left_over(output):
                fail(f"after kill {count}: exit code {run.code}, left {left_over(output)}, {run.err[-300:]}")
        reader.stop.set()
        reader.join()
        for fault in reader.faults[:5]:
            fail(fault)
        if count < options.kills:
            fail(f"only {count} of {tried} builds could be killed in time")
        print(f"       build {length * 1000:.0f} ms, of which writing {write * 1000:.0f} ms; old site {kept[0]}, new {kept[1]}, traces of the dead {middle}; {reader.reads} reads of index.html")
    trial(f"{count} kills {way}", before)
