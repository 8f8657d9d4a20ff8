"""Files and names that no editor makes on purpose."""

import os, shutil, socket, subprocess
from pathlib import Path

from .runs import article, build, fail, left_over, make_project, tree, trial, whole, wrong


def paragraphs(megabytes):
    line = b"Auftrag Vertrag **Konferenz** [System](https://example.org) Daten. " * 12 + b"\n\n"
    return article(0, "gross").encode() + line * (megabytes * 1_000_000 // len(line))


def nest(top, levels):
    """Folders in each other, also beyond the longest path of the system."""
    at = os.open(top, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d", dir_fd=at)
        inner = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    with open(os.open("tief.md", os.O_WRONLY | os.O_CREAT, dir_fd=at), "w") as file:
        file.write(article(1, "tief"))
    os.close(at)


def listen(path):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(path))


def write(path, data):
    Path(os.fsdecode(path)).parent.mkdir(parents=True, exist_ok=True)
    Path(os.fsdecode(path)).write_bytes(data.encode() if isinstance(data, str) else data)


ODD = {  # What is put into the folder `content`, and the exit codes it may have.
    "links in a circle": (lambda c: ((c / "x.md").symlink_to("x.md"), (c / "kreis").symlink_to(".")), (1,)),
    "two links to each other": (lambda c: ((c / "x.md").symlink_to("y.md"), (c / "y.md").symlink_to("x.md")), (1,)),
    "a file out of the project": (lambda c: (c / "x.md").symlink_to("/etc/passwd"), (1,)),
    "a folder out of the project": (lambda c: (c / "x").symlink_to("/etc"), (1,)),
    "a link that leads nowhere": (lambda c: (c / "x.md").symlink_to("nowhere"), (1,)),
    "FIFO": (lambda c: (os.mkfifo(c / "x.md"), write(c / "static/a", "a"), os.mkfifo(c / "static/pipe")), (0, 1)),
    "socket": (lambda c: listen(c / "x.md"), (0, 1)),
    "device": (lambda c: os.mknod(c / "x.md", 0o20666, os.makedev(1, 5)), (0, 1)),
    "a folder named x.md": (lambda c: write(c / "x.md/y.md", article(1, "x")), (0, 1)),
    "a folder named site.yaml": (lambda c: ((c / "site.yaml").unlink(), (c / "site.yaml").mkdir()), (1,)),
    "1,000 nested folders": (lambda c: nest(c, 1000), (0, 1, 2)),
    "3,000 nested folders (beyond PATH_MAX)": (lambda c: nest(c, 3000), (1, 2)),
    "article of 100 MB": (lambda c: write(c / "x.md", paragraphs(100)), (1,)),
    "article of 9 MB (the limit is 8 MiB)": (lambda c: write(c / "x.md", paragraphs(9)), (1,)),
    "article of 8 MB": (lambda c: write(c / "x.md", paragraphs(8)), (0, 1)),
    "line of 30 MB": (lambda c: write(c / "x.md", article(1, "x") + "Vertrag " * 3_750_000), (0, 1)),
    "sparse file of 1 TB": (lambda c: (write(c / "static/x.bin", ""), os.truncate(c / "static/x.bin", 1 << 40)), (1,)),
    "article with a name of 255 bytes": (lambda c: write(c / ("x" * 252 + ".md"), article(1, "x")), (0, 1)),
    "static file with a name of 255 bytes": (lambda c: write(c / "static" / ("x" * 251 + ".txt"), "x"), (0, 1)),
    "card with a name of 255 bytes": (lambda c: shutil.copy(c.parent / "vendors/beispiel-cloud.yaml", c.parent / "vendors" / ("x" * 250 + ".yaml")), (0, 1)),
    "names with newlines": (lambda c: [write(c / name, article(1, "x")) for name in ("x\ny.md", "static/x\ny.txt", "../vendors/x\ny.yaml", "\n/x.md")], (1,)),
    "names that are not UTF-8": (lambda c: [write(os.fsencode(c) + name, article(1, "x")) for name in (b"/x\xff.md", b"/static/\xe4.txt", b"/../vendors/\xff.yaml", b"/\xff/x.md", b"/../themes/\xff/x.html")], (1,)),
    "names with all signs": (lambda c: [write(c / f"static/a{chr(sign)}b.txt", "x") for sign in range(1, 256) if chr(sign) != "/"], (0, 1)),
    "articles that differ only in case": (lambda c: (write(c / "bild.md", article(1, "x")), write(c / "Bild.md", article(1, "y"))), (0, 1)),
    "static files that differ only in case": (lambda c: (write(c / "static/Bild.txt", "eins"), write(c / "static/bild.txt", "zwei")), (0, 1)),
}


def odd_inputs(space):
    before, secret = len(wrong), Path("/etc/passwd").read_bytes()
    for name, (put, codes) in ODD.items():
        root, output = make_project(space / "odd", ()), space / "odd output"
        build(root, output)
        good = tree(output)
        put(root / "content")
        run = build(root, output)
        found = tree(output)
        print(f"       {name}: exit code {run.code}, {run.processor:.1f} s of the processor, {run.megabytes:.0f} MB")
        if fault := run.fault(codes):
            fail(f"{name}: {fault}")
        if fault := whole(output) or (run.code and found != good and "changed") or (secret in b"".join(found.values()) and "shows what lies outside"):
            fail(f"{name}: the output {fault}")
        subprocess.run(["rm", "-rf", root, output], check=True)  # shutil's way ends at Python's limit of recursion.
    root = make_project(space / "named", ())
    for name in [b"x" * 255, b"x\ny", b"\xff", b"-x", b"a" * 200 + b"/" + b"b" * 200]:
        output = space / "outputs" / os.fsdecode(name)
        for _ in range(2):
            run = build(root, output)
            if fault := run.fault((0, 2)) or (left_over(output) and "traces are left") or (run.code == 0 and whole(output)):
                fail(f"output named {name[:20]!r} ({len(name)} bytes): {fault}")
                break
    trial(f"{len(ODD)} odd inputs and 5 odd names of outputs", before)


def any_case(space):
    """A disk that takes capitals for small letters: a project and its output there, and files that differ in nothing else."""
    before, image, disk = len(wrong), space / "image", space / "case"
    disk.mkdir()
    image.touch()
    os.truncate(image, 64 << 20)
    ways = [["mkfs.vfat", image], ["mount", "-o", "loop", image, disk]], [["mkntfs", "-q", "-F", image], ["lowntfs-3g", "-o", "ignore_case", image, disk]]
    way = next((way for way in ways if all(shutil.which(command[0]) and subprocess.run(command, capture_output=True).returncode == 0 for command in way)), None)
    if not way:
        return print("       names that differ only in case: no such disk here (neither FAT by the kernel nor NTFS by lowntfs-3g), left out")
    print(f"       names that differ only in case: {way[0][0]}")
    try:
        elsewhere, there, output = make_project(space / "any case", ()), make_project(disk / "project", ()), disk / "public"
        for root in (elsewhere, there, elsewhere):
            run = build(root, output)
            if fault := run.fault((0,)) or whole(output, str.lower) or (left_over(output) and "traces are left"):
                fail(f"output on a disk without case: {fault}")
        good = tree(output)
        ODD["static files that differ only in case"][0](elsewhere / "content")
        run = build(elsewhere, output)
        if fault := run.fault((1, 2)) or (tree(output) != good and "the site there changed"):
            fail(f"names that differ only in case: {fault}")
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
    trial("names that differ only in case", before)
