// The live preview in a real Chromium: what a tab does while somebody edits.
// Usage: node preview.mjs BINARY [WORDS OF A CHECK]. Every check waits for what should happen, never for time.
// EDITS=1000 makes the random edits of check 40 as many.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";

const binary = process.argv[2];
if (!binary) throw new Error("name the binary");
const TODAY = "2026-11-25";
const PATIENCE = 20_000;
const ARTICLE = "content/wer-ist-verantwortlich.md";
const PAGE = "wer-ist-verantwortlich/";

// A guide in a temporary folder and its preview -------------------------------------

class Guide {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "preview-"));
    this.root = join(this.folder, "guide");
    execFileSync(binary, ["init", this.root]);
  }
  path(name) {
    return join(this.root, name);
  }
  read(name) {
    return readFileSync(this.path(name), "utf8");
  }
  write(name, text) {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }
  replace(name, from, to) {
    const text = this.read(name);
    assert.ok(text.includes(from), `${name} holds ${from}`);
    this.write(name, text.replace(from, to));
  }
  append(name, text) {
    appendFileSync(this.path(name), text);
  }
  async serve(...args) {
    this.child = spawn(binary, ["--root", this.root, "--today", TODAY, "serve", "--port", String(this.port ?? 0), ...args], { stdio: ["ignore", "pipe", "pipe"] });
    this.said = "";
    this.child.stderr.on("data", (piece) => (this.said += piece));
    this.url = await new Promise((ready, failed) => {
      let text = "";
      this.child.stdout.on("data", (piece) => {
        text += piece;
        const match = /^Serving (\S+)\n/.exec(text);
        if (match) ready(match[1]);
      });
      this.child.on("exit", () => failed(new Error(`the preview ended: ${this.said}`)));
    });
    this.port = new URL(this.url).port;
  }
  async stop() {
    if (!this.child || this.child.exitCode !== null) return;
    const ended = new Promise((done) => this.child.on("exit", done));
    this.child.kill("SIGCONT");
    this.child.kill("SIGINT");
    await ended;
  }
  /** What a clean build writes for a page. */
  built(page) {
    const output = mkdtempSync(join(this.folder, "public-"));
    rmSync(output, { recursive: true });
    execFileSync(binary, ["--root", this.root, "--today", TODAY, "--quiet", "build", "--output", output]);
    return readFileSync(join(output, page), "utf8");
  }
  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
let failed = 0;
let count = 0;

/** One check with a guide of its own; what the browser complains about fails it. */
async function check(name, prepare, run) {
  if (process.argv[3] && !name.includes(process.argv[3])) return;
  count += 1;
  const guide = new Guide();
  const context = await browser.newContext({ viewport: { width: 1000, height: 500 } });
  context.setDefaultTimeout(PATIENCE);
  const complaints = [];
  context.on("console", (message) => message.type() === "error" && !/net::ERR|Failed to load resource/.test(message.text()) && complaints.push(message.text()));
  context.on("weberror", (error) => complaints.push(String(error.error())));
  const begin = Date.now();
  try {
    await prepare(guide);
    await guide.serve(...(guide.args ?? []));
    await run(guide, context);
    assert.deepEqual(complaints.filter((text) => !guide.expects?.test(text)), []);
    process.stdout.write(`ok ${name} (${Date.now() - begin} ms)\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAILED ${name}\n${error.stack}\n${guide.said}\n`);
  } finally {
    await context.close();
    await guide.end();
  }
}

/** Opens a page and marks this very document. */
async function open(context, guide, path = "") {
  const page = await context.newPage();
  await page.goto(guide.url + path);
  await mark(page);
  return page;
}
const mark = (page) => page.evaluate(() => (window.mark = "here"));
const isSameDocument = (page) => page.evaluate(() => window.mark === "here");
/** Waits until this document was told of a generation. */
const hears = (page, generation) => page.waitForFunction((number) => document.querySelector("script[data-preview]")?.dataset.generation >= number, generation, { timeout: PATIENCE });
const shows = (page, text) => page.waitForFunction((words) => document.body?.innerText.includes(words), text, { timeout: PATIENCE });
const reloaded = (page) => page.waitForFunction(() => window.mark === undefined && document.readyState === "complete", null, { timeout: PATIENCE });

const long = (guide) => {
  guide.append(ARTICLE, `\n${Array.from({ length: 80 }, (_, line) => `Absatz ${line}.\n`).join("\n")}\n`);
};
const nothing = () => {};

// 17, 18 ----------------------------------------------------------------------------

await check(
  "17 a style sheet is exchanged without a reload; scroll and form stay",
  (guide) => {
    long(guide);
    guide.write("themes/standard/static/mehr.css", "h1 { color: rgb(1, 2, 3); }");
    guide.write("themes/standard/templates/article.html", '{% extends "base.html" %}{% block head %}<link rel="stylesheet" href="{{ asset(path="mehr.css") }}">{% endblock head %}{% block main %}<div class="wrap"><h1>{{ page.title }}</h1><input name="x">{{ page.body_html | safe }}</div>{% endblock main %}');
  },
  async (guide, context) => {
    const page = await open(context, guide, PAGE);
    const colour = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
    await page.fill("input[name=x]", "halb");
    await page.evaluate(() => scrollTo({ top: 700, behavior: "instant" }));
    assert.equal(await colour(), "rgb(1, 2, 3)");
    for (const number of [4, 5]) {
      guide.write("themes/standard/static/mehr.css", `h1 { color: rgb(${number}, 2, 3); }`);
      await page.waitForFunction((wanted) => getComputedStyle(document.querySelector("h1")).color === wanted, `rgb(${number}, 2, 3)`);
    }
    assert.ok(await isSameDocument(page));
    assert.equal(await page.inputValue("input[name=x]"), "halb");
    assert.equal(await page.evaluate(() => scrollY), 700);
    await page.waitForFunction(() => document.querySelectorAll('link[href*="mehr"]').length === 1);
  },
);

const picture = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="${colour}" height="10"/>`;

await check(
  "18 a picture is exchanged alone",
  (guide) => {
    guide.write("content/static/a.svg", picture(10));
    guide.write("content/static/b.svg", picture(11));
    guide.write("themes/standard/templates/article.html", '{% extends "base.html" %}{% block main %}<div class="wrap"><h1>x</h1><img id="a" src="../a.svg" alt=""><img id="b" src="../b.svg" alt=""></div>{% endblock main %}');
  },
  async (guide, context) => {
    const page = await open(context, guide, PAGE);
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    guide.write("content/static/a.svg", picture(33));
    await page.waitForFunction(() => document.querySelector("#a").naturalWidth === 33);
    guide.write("content/static/a.svg", picture(44));
    await page.waitForFunction(() => document.querySelector("#a").naturalWidth === 44);
    assert.ok(await isSameDocument(page));
    // The tab's own icon comes when the browser likes.
    assert.deepEqual([...new Set(asked)].filter((path) => !path.includes("favicon")), ["/a.svg"]);
    assert.equal(await page.getAttribute("#b", "src"), "../b.svg");
  },
);

// Reloads -----------------------------------------------------------------------------

await check(
  "a text edit loads the page again; scroll, focus, selection and half-filled fields survive",
  (guide) => {
    guide.write("themes/standard/templates/article.html", '{% extends "base.html" %}{% block main %}<div class="wrap"><h1>{{ page.title }}</h1>{{ page.body_html | safe }}<form><input name="wort" value="alt"><textarea name="text"></textarea><input type="checkbox" name="ja"><input type="radio" name="r" value="1" checked><input type="radio" name="r" value="2"><select name="s"><option>eins</option><option>zwei</option></select><input type="password" name="p"></form><details><summary>mehr</summary>x</details></div>{% endblock main %}');
    long(guide);
  },
  async (guide, context) => {
    const page = await open(context, guide, PAGE);
    await page.fill("[name=text]", "halb geschrieben");
    await page.check("[name=ja]");
    await page.check("[name=r][value='2']");
    await page.selectOption("[name=s]", "zwei");
    await page.fill("[name=p]", "geheim");
    await page.click("main summary");
    await page.fill("[name=wort]", "neues Wort");
    await page.evaluate(() => {
      document.querySelector("[name=wort]").setSelectionRange(2, 5);
      scrollTo({ top: 900, behavior: "instant" });
    });
    guide.append(ARTICLE, "\nEin neuer Satz.\n");
    await shows(page, "Ein neuer Satz.");
    await reloaded(page);
    const kept = await page.evaluate(() => {
      const of = (name) => document.querySelector(`[name=${name}]`);
      const focus = document.activeElement;
      return [of("text").value, of("ja").checked, document.querySelector("[name=r]:checked").value, of("s").value, of("wort").value, of("p").value, document.querySelector("main details").open, focus.name, focus.selectionStart, focus.selectionEnd, Math.round(scrollY)];
    });
    assert.deepEqual(kept, ["halb geschrieben", true, "2", "zwei", "neues Wort", "", true, "wort", 2, 5, 900]);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0, "nothing stays behind");
  },
);

await check("10 what changes another page only, or no byte, leaves a tab alone", nothing, async (guide, context) => {
  const page = await open(context, guide, "glossar/");
  const other = await open(context, guide, PAGE);
  guide.write(ARTICLE, guide.read(ARTICLE));
  guide.append(ARTICLE, "\nNur hier.\n");
  await shows(other, "Nur hier.");
  await hears(page, 2);
  assert.ok(await isSameDocument(page));
});

await check("11 a page that goes and comes back, and one that was missing", nothing, async (guide, context) => {
  const page = await open(context, guide, "neu/");
  await page.waitForSelector("body.k-not_found");
  guide.write("content/neu.md", "---\ntitle: Nun da\ndescription: D.\n---\n\nText.\n");
  await shows(page, "Nun da");
  rmSync(guide.path("content/neu.md"));
  await page.waitForSelector("body.k-not_found");
});

// 21, 23 ------------------------------------------------------------------------------

await check("21 findings lie over the page, leave it alone and go away", nothing, async (guide, context) => {
  const page = await open(context, guide, "vergleich/");
  guide.replace("vendors/beispiel-cloud.yaml", "value: ja", "value: <img src=x onerror=alert(1)>jaa");
  const problem = page.locator("[data-preview-problem] .problem");
  await problem.waitFor();
  const text = await problem.innerText();
  assert.match(text, /error\[V0/);
  assert.match(text, /vendors\/beispiel-cloud\.yaml:11:/);
  assert.ok(text.includes("<img src=x onerror=alert(1)>"), "the source line is text");
  assert.equal(await problem.locator("img").count(), 0);
  assert.ok(await isSameDocument(page), "a form under it is not lost");
  await page.locator("[data-preview-problem] summary").click();
  await page.locator("table[data-matrix]").first().waitFor();
  assert.equal(await page.evaluate(() => document.elementFromPoint(500, 200).closest("[data-preview-problem]")), null, "the last good site can be used");
  // A second tab has it from the start, also without a script.
  const other = await open(context, guide, "");
  await other.locator("[data-preview-problem] .problem").waitFor();
  const still = await browser.newContext({ javaScriptEnabled: false });
  const quiet = await still.newPage();
  await quiet.goto(guide.url);
  assert.ok(await quiet.locator("[data-preview-problem] .problem").isVisible());
  await still.close();
  guide.replace("vendors/beispiel-cloud.yaml", "value: <img src=x onerror=alert(1)>jaa", "value: ja");
  for (const tab of [page, other]) await tab.waitForFunction(() => !document.querySelector("[data-preview-problem]"));
  assert.ok(await isSameDocument(page));
});

await check(
  "23 the first build fails, the page comes by itself",
  (guide) => guide.replace("content/site.yaml", "language: de", "language: deutsch"),
  async (guide, context) => {
    const page = await context.newPage();
    assert.equal((await page.goto(guide.url)).status(), 500);
    await page.locator("[data-preview-problem] .problem").waitFor();
    assert.match(await page.locator("[data-preview-problem] .problem").innerText(), /content\/site\.yaml:4:/);
    guide.replace("content/site.yaml", "language: deutsch", "language: de");
    await page.waitForSelector("body.k-home");
    assert.equal(await page.locator("[data-preview-problem]").count(), 0);
  },
);

// 26, 27 ------------------------------------------------------------------------------

await check("26 tabs find a server that was started anew, and load again only if something changed", nothing, async (guide, context) => {
  const page = await open(context, guide, PAGE);
  const other = await open(context, guide, "glossar/");
  await hears(page, 1);
  await hears(other, 1);
  await guide.stop();
  guide.append(ARTICLE, "\nIn der Pause geschrieben.\n");
  const begin = Date.now();
  await guide.serve();
  const up = Date.now();
  await shows(page, "In der Pause geschrieben.");
  assert.ok(Date.now() - up < 3000, `${Date.now() - up} ms after the server was up (${up - begin} ms)`);
  assert.ok(await isSameDocument(other), "a page that did not change stays");
  guide.append("content/glossary.yaml", "  - term: Ganz neu\n    short: Ein neuer Eintrag.\n");
  await shows(other, "Ganz neu");
});

await check("27 after sleep, going back and being offline a tab is up to date", nothing, async (guide, context) => {
  const page = await open(context, guide, PAGE);
  await hears(page, 1);
  // The server sleeps.
  guide.child.kill("SIGSTOP");
  guide.append(ARTICLE, "\nNach dem Schlaf.\n");
  guide.child.kill("SIGCONT");
  await shows(page, "Nach dem Schlaf.");
  // The reader was elsewhere, and comes back to a page that the browser kept.
  await page.goto(`${guide.url}glossar/`);
  guide.append(ARTICLE, "\nWährend der Abwesenheit.\n");
  await hears(page, 3);
  await page.goBack({ waitUntil: "commit" });
  await shows(page, "Während der Abwesenheit.");
  // Another host, then back.
  await page.goto("about:blank");
  guide.append(ARTICLE, "\nNoch einmal.\n");
  await page.goBack({ waitUntil: "commit" });
  await shows(page, "Noch einmal.");
  await context.setOffline(true);
  guide.append(ARTICLE, "\nOhne Netz.\n");
  await context.setOffline(false);
  await shows(page, "Ohne Netz.");
});

// Policy, marks -----------------------------------------------------------------------

await check("the policy of production is in force, and violations are seen while editing", (guide) => (guide.expects = /Content Security Policy/), async (guide, context) => {
  const page = await context.newPage();
  const seen = [];
  page.on("console", (message) => seen.push(message.text()));
  for (const path of ["", "vergleich/", "suche/", "druck/", PAGE, "gibt-es-nicht"]) await page.goto(guide.url + path);
  assert.deepEqual(seen.filter((text) => text.includes("Content Security Policy")), []);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.inline = true";
    document.body.append(script);
    return new Promise((done) => {
      document.addEventListener("securitypolicyviolation", done, { once: true });
      const image = new Image();
      image.src = "https://pictures.example/x.png";
    });
  });
  assert.equal(await page.evaluate(() => window.inline), undefined);
});

await check(
  "drafts and overdue facts are marked",
  (guide) => {
    guide.args = ["--drafts"];
    guide.write("content/entwurf.md", "---\ntitle: Ein Entwurf\ndescription: D.\ndraft: true\nreview_by: 2026-01-01\n---\n\nText.\n");
  },
  async (guide, context) => {
    const page = await open(context, guide, "entwurf/");
    const marks = page.locator("[data-preview-marks] .marks");
    await marks.waitFor();
    assert.match(await marks.innerText(), /Entwurf/);
    assert.match(await marks.innerText(), /Überfällig: 1/);
    assert.ok((await page.evaluate(() => getComputedStyle(document.querySelector("[data-preview-marks]").shadowRoot.querySelector(".marks")).position)) === "fixed", "its style sheet is there");
    guide.replace("content/entwurf.md", "review_by: 2026-01-01", "review_by: 2027-01-01");
    await page.waitForFunction(() => !document.querySelector("[data-preview-marks]")?.shadowRoot.textContent.includes("Überfällig"));
  },
);

// 33, 34: another site in the same browser ----------------------------------------------

await check("33, 34 a page of another site learns nothing and changes nothing", (guide) => (guide.expects = /CORS policy/), async (guide, context) => {
  const own = await open(context, guide, "");
  const token = await own.getAttribute("script[data-preview]", "data-token");
  const evil = createServer((request, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><body>evil</body>"));
  await new Promise((ready) => evil.listen(0, "127.0.0.1", ready));
  try {
    for (const host of ["127.0.0.1", "localhost"]) {
      const page = await context.newPage();
      await page.goto(`http://${host}:${evil.address().port}/`);
      const learned = await page.evaluate(
        async ({ url, token }) => {
          const tag = (name, attribute, address) =>
            new Promise((done) => {
              const element = document.createElement(name);
              element.onload = () => done(`${name} ${address}`);
              element.onerror = () => done(null);
              element[attribute] = address;
              document.body.append(element);
            });
          const read = async (address, options) => {
            try {
              const answer = await fetch(address, options);
              return answer.type === "opaque" ? null : `${address} ${(await answer.text()).slice(0, 20)}`;
            } catch {
              return null;
            }
          };
          const events = (address) =>
            new Promise((done) => {
              const source = new EventSource(address);
              source.onmessage = () => done(`events ${address}`);
              source.onerror = () => done(null) || source.close();
            });
          const state = `${url}__leitfaden/state?token=${token}&path=%2F`;
          return (
            await Promise.all([
              tag("script", "src", `${url}__leitfaden/preview.js`),
              tag("script", "src", `${url}api/v1/systems.json`),
              tag("img", "src", `${url}static/favicon.svg`),
              read(url),
              read(state),
              read(state, { mode: "no-cors" }),
              read(url, { method: "POST", body: "x".repeat(100000) }),
              read(url, { headers: { "x-own": "1" } }),
              events(`${url}__leitfaden/events?token=${token}`),
            ])
          ).filter(Boolean);
        },
        { url: guide.url, token },
      );
      assert.deepEqual(learned, [], host);
    }
    assert.equal((await (await context.newPage()).goto(guide.url)).status(), 200, "it still answers its own pages");
  } finally {
    evil.close();
    evil.closeAllConnections();
  }
});

// 40 ------------------------------------------------------------------------------------

const withoutScript = (html) => html.replace(/<script src="\/__leitfaden\/[^>]*><\/script>/, "");

await check("40 twenty-four tabs of one browser load, follow random edits, and end on the bytes of a clean build", nothing, async (guide, context) => {
  const paths = ["", PAGE, "glossar/", "vergleich/", "auswahl-in-drei-schritten/", "themen/"];
  const tabs = await Promise.all(Array.from({ length: 24 }, (_, number) => open(context, guide, paths[number % paths.length])));
  let seed = 7;
  const random = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
  const names = Array.from({ length: 6 }, (_, number) => `content/zufall/t${number}.md`);
  for (let round = 0; round < Number(process.env.EDITS ?? 60); round += 1) {
    const name = names[random(names.length)];
    const there = readdirSync(guide.path("content")).includes("zufall") ? readdirSync(guide.path("content/zufall")).map((file) => `content/zufall/${file}`) : [];
    const kind = random(5);
    if (kind === 0 && there.includes(name)) rmSync(guide.path(name));
    else if (kind === 1 && there.includes(name)) renameSync(guide.path(name), guide.path(names[random(names.length)]));
    else if (kind === 2) guide.append(ARTICLE, `\nRunde ${round}.\n`);
    else guide.write(name, `---\ntitle: Zufall ${round}\ndescription: D.\n---\n\nRunde ${round}.\n`);
    await new Promise((next) => setTimeout(next, 20 + random(60)));
  }
  guide.append(ARTICLE, "\nDie letzte Runde.\n");
  for (const page of [...new Set(paths)]) {
    const wanted = guide.built(`${page}index.html`);
    // The index of the search and the print page follow when nothing was saved for a moment.
    let html = "";
    for (const deadline = Date.now() + PATIENCE; withoutScript(html) !== wanted; ) {
      assert.ok(Date.now() < deadline, `${page} is not the page of a clean build`);
      html = await (await tabs[0].request.get(guide.url + page)).text();
    }
    const state = JSON.parse(html.match(/data-state="([^"]*)"/)[1].replaceAll("&quot;", '"'));
    for (const tab of tabs.filter((_, number) => paths[number % paths.length] === page)) {
      await tab.waitForFunction((text) => document.readyState === "complete" && JSON.parse(document.querySelector("script[data-preview]").dataset.state).text === text, state.text, { timeout: PATIENCE });
    }
  }
});

await browser.close();
process.stdout.write(`preview: ${count - failed} of ${count} checks passed\n`);
process.exitCode = failed > 0 ? 1 : 0;
