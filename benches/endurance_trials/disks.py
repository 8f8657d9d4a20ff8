"""Outputs that refuse or go away, and inputs that go away, while a build runs."""

import collections, contextlib, os, random, shutil, subprocess, threading, time

from .runs import TRACES, build, fail, left_over, make_project, mounted, options, start, tree, trial, whole, wrong


def full_disks(space, roots, sites):
    before, count, refused, disk = len(wrong), 0, 0, space / "disk"
    for below, limits in [("public", "size"), (".", "size"), ("public", "nr_inodes"), (".", "nr_inodes")]:
        for first in (True, False):
            for step in range(12):
                with mounted(disk, "-t", "tmpfs", "tmpfs") as done:
                    if not done:
                        return print("       full disks left out: no right to mount")
                    output, old = disk / below, {} if first else sites[0]
                    if not first:
                        build(roots[0], output)
                    data = os.statvfs(disk)
                    used = (data.f_blocks - data.f_bfree) * data.f_frsize if limits == "size" else data.f_files - data.f_ffree
                    need = sum((len(text) + 4095) // 4096 * 4096 for path, text in sites[1].items() if old.get(path) != text) if limits == "size" else sum(old.get(path) != text for path, text in sites[1].items())
                    room = max(1, used + need * step // 11) if limits == "nr_inodes" else (used + need * step // 11) // 4096 * 4096 + 4096
                    if subprocess.run(["mount", "-o", f"remount,{limits}={room}", disk], capture_output=True).returncode:
                        continue
                    run, count = build(roots[1], output), count + 1
                    found, name = tree(output), f"disk with room for {step}/11 by {limits}, output {below}, {'first' if first else 'next'} build"
                    refused += run.code == 2
                    if run.fault((0, 2)) or (step < 9 and run.code == 0) or (run.code == 2 and "No space left" not in run.err):
                        fail(f"{name}: exit code {run.code}: {run.err[-200:]}")
                    if found != (sites[1] if run.code == 0 else old) or left_over(output):
                        fail(f"{name}: exit code {run.code}, {len(found)} files, left {left_over(output)}")
                    subprocess.run(["mount", "-o", f"remount,{limits}={room * 4 + (64 << 20 if limits == 'size' else 4096)}", disk], check=True)
                    run = build(roots[1], output)
                    if run.code or tree(output) != sites[1] or left_over(output):
                        fail(f"{name}: later with room: exit code {run.code}: {run.err[-200:]}")
    trial(f"{count} full disks ({refused} refused with exit code 2)", before)


def read_only(space, roots, sites):
    before, count = len(wrong), 0

    def refuses(name, output, free):
        nonlocal count
        run, count = build(roots[1], output), count + 1
        found = {path: data for path, data in tree(output).items() if not path.startswith(TRACES)}
        part_of = all(data in [site.get(path) for site in sites] for path, data in found.items())
        if run.fault((2,)) or (found not in sites if "one file" not in name else not part_of):
            fail(f"{name}: exit code {run.code}, {run.err[-200:]}")
        free()
        run = build(roots[1], output)
        if run.code or tree(output) != sites[1] or left_over(output):
            fail(f"{name}: mended: exit code {run.code}, left {left_over(output)}, {run.err[-200:]}")

    for name, path in [("chattr +i on the output", "."), ("chattr +i on one file", "index.html"), ("chattr +i on a folder inside", "kriterien")]:
        output = space / f"immutable {path[:5]}"
        build(roots[0], output)
        stuck = (output / path).resolve()
        if subprocess.run(["chattr", "+i", stuck], capture_output=True).returncode:
            print("       chattr +i is not possible here")
            continue
        inode = stuck.stat().st_ino
        def free():
            for at, folders, names in os.walk(space):
                for each in folders + names:
                    if os.lstat(os.path.join(at, each)).st_ino == inode:
                        return subprocess.run(["chattr", "-i", os.path.join(at, each)], check=True)
        refuses(name, output, free)
    output = space / "bound"
    build(roots[0], output)
    with mounted(output, "--bind", output) as done:
        if done and subprocess.run(["mount", "-o", "remount,ro,bind", output]).returncode == 0:
            refuses("read-only bind mount", output, lambda: subprocess.run(["mount", "-o", "remount,rw,bind", output], check=True))
    trial(f"{count} read-only outputs", before)


def vanishing_output(space, roots, sites):
    before, rng, output, codes = len(wrong), random.Random(options.seed), space / "vanishing", collections.Counter()
    build(roots[0], output)
    for number in range(60):
        child, away = start(roots[number % 2], "build", "--output", output), space / f"away {number}"
        while child.poll() is None:
            time.sleep(rng.random() * 0.02)
            with contextlib.suppress(OSError):
                output.rename(away if not away.exists() else space / f"away {number} {time.monotonic_ns()}")
            if rng.random() < 0.3:
                with contextlib.suppress(OSError):
                    output.touch() if rng.random() < 0.5 else output.mkdir()
        codes[child.returncode] += 1
        if child.returncode not in (0, 1, 2):
            fail(f"output that vanishes, build {number}: exit code {child.returncode}")
        for path in space.glob("away *"):
            if path.is_dir() and (found := tree(path)) and found not in sites and not any(name.startswith(TRACES) for name in found):
                fail(f"the output that was moved away is no generation: {len(found)} files")
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if output.is_file():
            output.unlink()
        run = build(roots[number % 2], output)
        if run.code or tree(output) != sites[number % 2] or left_over(output):
            fail(f"after an output vanished: exit code {run.code}, left {left_over(output)}, {run.err[-300:]}")
    trial(f"60 builds whose output vanishes (exit codes {dict(codes)})", before)


def vanishing_inputs(space):
    before, rng, codes = len(wrong), random.Random(options.seed), collections.Counter()
    root, output, stop, moves = make_project(space / "moving", range(60)), space / "moving output", threading.Event(), 0
    build(root, output)
    good = tree(output)
    inputs = [*(path for path in root.rglob("*.*") if path.is_file()), root / "content", root / "vendors"]

    def move():
        nonlocal moves
        while not stop.wait(rng.random() * 0.003):
            path, kind, away = rng.choice(inputs), rng.randrange(5), root / "away"
            moves += 1
            if kind == 0 and path.is_file():
                data = path.read_bytes()
                path.write_bytes(data[: rng.randrange(len(data))])
                time.sleep(rng.random() * 0.02)
                path.write_bytes(data)
                continue
            path.rename(away)
            if kind == 1:
                path.mkdir()
            elif kind == 2:
                path.symlink_to(path.name)
            elif kind == 3:
                away.rename(other := path.with_name(f"anders-{path.name}"))
                away = other
            time.sleep(rng.random() * 0.02)
            path.rmdir() if kind == 1 else path.unlink() if kind == 2 else None
            away.rename(path)

    mover = threading.Thread(target=move)
    mover.start()
    for number in range(200):
        previous, run = tree(output), build(root, output)
        codes[run.code] += 1
        if fault := run.fault():
            fail(f"inputs that move, build {number}: {fault}")
        if fault := whole(output) or (run.code and tree(output) != previous and "changed by a build that failed") or (left_over(output) and "traces are left"):
            fail(f"inputs that move, build {number}, exit code {run.code}: the output {fault}")
    stop.set()
    mover.join()
    if build(root, output).code or tree(output) != good:
        fail("inputs are back, the site is not")
    trial(f"200 builds while {moves} inputs move (exit codes {dict(codes)})", before)
