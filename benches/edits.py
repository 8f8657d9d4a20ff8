"""Edits of one article in `leitfaden serve`: how long until the new page is answered and until tabs are told.

`first` is from the start of the program to the start page. For each edit a sentence is added to an article in place; `answer` is until
its page holds it (asked every two milliseconds), `event` until the generation of the site is told to an open connection.
"""

import random, re, socket, subprocess, threading, time, urllib.request


def edits(binary, root, today, count):
    command = [binary, "--root", str(root), "--today", today, "--quiet", "serve", "--port", "0"]
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        url = child.stdout.readline().split()[1]
        html = urllib.request.urlopen(url).read().decode()
        first = time.perf_counter() - begin
        told = listen(int(re.search(r":(\d+)/", url)[1]), re.search(r'data-token="(\w+)"', html)[1])
        articles, chance = sorted((root / "content/artikel").glob("*.md")), random.Random(1)
        answers, events = [], []
        for number in range(count):
            # Long enough for the audit of the state before to have begun, as it has when somebody types.
            time.sleep(2)
            article = chance.choice(articles)
            sign, known = f"Satz {number} von {child.pid}.", len(told)
            page = f"{url}artikel/{article.stem}/"
            saved = time.perf_counter()
            article.write_text(article.read_text() + f"\n{sign}\n")
            while sign.encode() not in urllib.request.urlopen(page).read():
                time.sleep(0.002)
            answers.append(time.perf_counter() - saved)
            while len(told) == known:
                time.sleep(0.001)
            events.append(told[known] - saved)
        return {"first": first, "answer": answers, "event": events}
    finally:
        child.terminate()
        child.wait()


def listen(port, token):
    """The moments at which a generation was told, as they come; the first is that of the state now."""
    stream = socket.create_connection(("127.0.0.1", port))
    stream.sendall(f"GET /__leitfaden/events?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    told = []

    def hear():
        while text := stream.recv(4096):
            if b"generation" in text:
                told.append(time.perf_counter())

    threading.Thread(target=hear, daemon=True).start()
    while not told:
        time.sleep(0.01)
    return told
