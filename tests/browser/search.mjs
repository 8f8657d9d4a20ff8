// The search as readers get it, in Chromium: relevance over the set, speed and bytes, keyboard, screen reader roles, no script,
// strict CSP, a subfolder, a folder on disk, and that no text is ever read as HTML.
//   node search.mjs FOLDER [--all]     FOLDER is the built guide; --all prints the tuning half. Needs Debian's chromium.
import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { engine } from "./engine.mjs";
import { figures, queries, rank } from "./relevance.mjs";

const folder = resolve(process.argv[2] ?? "../../target/guide");
const verbose = process.argv.includes("--all");

// What the reporting half must reach; a class may miss two of its eight.
const FLOOR = { s1: 0.9, s3: 0.97, mrr: 0.93, none: 0.03, class: 0.75, warm: 20, bytes: 40 * 1024 };
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

const failures = [];
const check = (is, what) => {
  if (!is) failures.push(what);
  console.log(`${is ? "ok  " : "FAIL"} ${what}`);
};

// 1 Both halves of the analysis agree.
const { search } = await engine(folder);
const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));
const wrong = vectors.filter(({ language, text, words }) => {
  const own = search.words(text, language).map(({ word, stem, linked }) => [word, stem, linked]);
  return JSON.stringify(own) !== JSON.stringify(words);
});
check(wrong.length === 0, `${vectors.length} texts are folded and stemmed as in Rust${wrong.length ? `, but not ${wrong.map(({ text }) => text).join(" | ")}` : ""}`);

// A server on the loopback, at the root and in a subfolder.
const SUB = "/unter/ordner/";
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  let file = join(folder, path.startsWith(SUB) ? path.slice(SUB.length) : path);
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!existsSync(file)) { response.writeHead(404); response.end(); return; }
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-security-policy": CSP });
  response.end(readFileSync(file));
});
await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
const origin = `http://127.0.0.1:${server.address().port}`;
const index = join(folder, "static", readdirSync(join(folder, "static")).find((name) => /^search-[0-9a-f]+$/.test(name)));
const searchPage = JSON.parse(readFileSync(join(folder, ".leitfaden.json"), "utf8")) && (existsSync(join(folder, "suche")) ? "suche" : "search");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const problems = [];
const open = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  // From disk a browser loads no preloaded font; the page asks for it again without that.
  page.on("console", (message) => { if (message.type() === "error" && !page.url().startsWith("file:")) problems.push(message.text()); });
  page.on("request", (request) => { if (!request.url().startsWith(origin) && !request.url().startsWith("file:")) problems.push(`request to ${request.url()}`); });
  return page;
};
const ask = async (page, query, base = `${origin}/`) => {
  await page.goto(`${base}${searchPage}/index.html?q=${encodeURIComponent(query)}`);
  await page.waitForFunction((text) => document.querySelector("[data-search-status]").textContent.includes(text), query.trim());
  const root = base.replace(/[^/]*$/, "");
  return page.$$eval("[data-search-results] a[href]", (links, start) => links.map((link) => link.href.slice(start).replace(/(^|\/)index\.html/, "$1")), root.length);
};

try {
  // 2 Relevance: the set on /suche/?q=….
  const page = await open();
  const rows = [];
  for (const query of queries()) {
    const paths = await ask(page, query.q);
    rows.push({ query, rank: rank(paths, query), count: paths.length });
    if (verbose && query.half === "tune") console.log(`     ${rows.at(-1).rank || "-"}  ${query.half} ${query.class}: ${query.q}  →  ${paths.slice(0, 3).join("  ")}`);
  }
  const percent = (value) => value.toFixed(3);
  for (const half of ["tune", "report"]) {
    const { all, classes } = figures(rows.filter((row) => row.query.half === half));
    console.log(`     ${half}: ${all.queries} queries, success@1 ${percent(all.s1)}, success@3 ${percent(all.s3)}, MRR ${percent(all.mrr)}, no result ${percent(all.none)}`);
    console.log(`     ${Object.entries(classes).map(([name, of]) => `${name} ${percent(of.s1)}`).join(", ")}`);
    if (half !== "report") continue;
    check(all.s1 >= FLOOR.s1, `success@1 is at least ${FLOOR.s1}`);
    check(all.s3 >= FLOOR.s3, `success@3 is at least ${FLOOR.s3}`);
    check(all.mrr >= FLOOR.mrr, `MRR is at least ${FLOOR.mrr}`);
    check(all.none <= FLOOR.none, `at most ${FLOOR.none} of the queries find nothing`);
    check(Object.values(classes).every((of) => of.s1 >= FLOOR.class), `no class is under ${FLOOR.class}`);
  }

  // 3 Speed, warm: every query once before.
  const times = await page.evaluate(async (texts) => {
    const run = async () => {
      const list = [];
      for (const text of texts) {
        const start = performance.now();
        await window.leitfadenSearch.find(text);
        list.push(performance.now() - start);
      }
      return list.sort((a, b) => a - b);
    };
    await run();
    return run();
  }, queries().map(({ q }) => q));
  const p95 = times[Math.floor(times.length * 0.95)];
  console.log(`     warm query: median ${times[times.length >> 1].toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
  check(p95 <= FLOOR.warm, `a warm query takes at most ${FLOOR.warm} ms (p95)`);
  await page.context().close();

  // 4 Bytes of a first query, compressed: scripts of the search, until the results with their excerpts are there.
  const sizes = [];
  for (const { q } of queries("report").filter((_, at) => at % 4 === 0)) {
    const first = await open();
    let bytes = 0;
    first.on("response", (response) => {
      const name = new URL(response.url()).pathname;
      if (/\/static\/search[.-]/.test(name) && name.endsWith(".js")) bytes += gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
    });
    await first.goto(`${origin}/index.html`);
    await first.keyboard.press("/");
    await first.keyboard.type(q);
    await first.waitForFunction(() => document.querySelector("header form[data-search] [role=status]").textContent !== "");
    await first.waitForTimeout(150);
    sizes.push(bytes);
    await first.context().close();
  }
  sizes.sort((a, b) => a - b);
  console.log(`     first query, typed: median ${(sizes[sizes.length >> 1] / 1024).toFixed(1)} KB, most ${(sizes.at(-1) / 1024).toFixed(1)} KB compressed`);
  check(sizes.at(-1) <= FLOOR.bytes, `a first query loads at most ${FLOOR.bytes / 1024} KB`);

  // 5 In a subfolder and from disk the same results.
  const other = await open();
  const here = await ask(other, "Vertrag");
  check(here.length > 0 && JSON.stringify(await ask(other, "Vertrag", `${origin}${SUB}`)) === JSON.stringify(here), "it works in a subfolder");
  check(JSON.stringify(await ask(other, "Vertrag", `${pathToFileURL(folder).href}/`)) === JSON.stringify(here), "it works in a folder opened from disk");
  await other.context().close();

  // 6 Nothing is read as HTML: markup in the query, in titles and in texts.
  const evil = await open();
  await evil.addInitScript(() => {
    window.asHtml = [];
    const watch = (owner, name) => {
      const own = Object.getOwnPropertyDescriptor(owner, name);
      if (!own) return;
      const note = (value) => window.asHtml.push(`${name}: ${value}`);
      Object.defineProperty(owner, name, own.set
        ? { ...own, set(value) { note(value); own.set.call(this, value); } }
        : { ...own, value(...values) { note(values.join()); return own.value.apply(this, values); } });
    };
    watch(Element.prototype, "innerHTML");
    watch(Element.prototype, "outerHTML");
    ["insertAdjacentHTML", "setHTML", "setHTMLUnsafe"].forEach((name) => watch(Element.prototype, name));
    ["write", "writeln", "parseHTMLUnsafe"].forEach((name) => watch(Document.prototype, name));
    watch(Range.prototype, "createContextualFragment");
    watch(DOMParser.prototype, "parseFromString");
  });
  const MARKUP = "<img src=x onerror=window.bad=1><mark>Vertrag</mark>";
  await evil.route(/\/static\/search-[^/]+\/(t\d+|core)\.js$/, async (route) => {
    const text = readFileSync(join(index, route.request().url().split("/").at(-1)), "utf8");
    const poison = (list) => list.map(([, , path]) => [MARKUP, MARKUP, path, `${MARKUP} und der Vertrag & "mehr"`]);
    const [, kind, number, json] = /^leitfadenSearch\("(\w+)",(\d+),(.*)\);\n$/s.exec(text);
    const data = JSON.parse(json);
    const changed = kind === "t" ? poison(data) : { ...data, ...(data.all && { all: [data.all[0], data.all[1].map(poison)] }) };
    await route.fulfill({ contentType: "text/javascript", body: `leitfadenSearch("${kind}",${number},${JSON.stringify(changed)});\n` });
  });
  await ask(evil, "Vertrag");
  const titles = await evil.$$eval("[data-search-results] a[href]", (links) => links.map((link) => link.textContent));
  check(titles.length > 0 && titles.every((title) => title === MARKUP), "markup in titles is shown as text");
  const query = "<img src=x onerror=window.bad=1> Vertrag </script><script>window.bad=1</script>";
  await ask(evil, query);
  check((await evil.textContent("[data-search-status]")).includes(query), "markup in the query is shown as text");
  await evil.goto(`${origin}/index.html`);
  await evil.keyboard.press("/");
  await evil.keyboard.type(query);
  await evil.waitForFunction(() => document.querySelector("header form[data-search] [role=status]").textContent !== "");
  const strays = await evil.$$eval("[data-search-results] img, [data-search-results] script, form[data-search] img, form[data-search] script", (list) => list.length);
  check(strays === 0 && await evil.evaluate(() => !window.bad && window.asHtml.length === 0), "no text reaches an HTML parser");
  await evil.context().close();

  // 7 Keyboard and roles, in the head of a page.
  const keys = await open();
  await keys.goto(`${origin}/index.html`);
  check(!(await keys.evaluate(() => performance.getEntriesByType("resource").some((entry) => /\/search-[^/]+\//.test(entry.name)))), "the index is not loaded before the field is used");
  await keys.keyboard.press("/");
  const field = keys.locator("header form[data-search] input");
  check(await field.evaluate((input) => input === document.activeElement && input.value === ""), "`/` leads to the field");
  await keys.keyboard.type("warteraum");
  await keys.waitForSelector("header [role=option]");
  const state = () => field.evaluate((input) => {
    const list = document.getElementById(input.getAttribute("aria-controls"));
    const active = document.getElementById(input.getAttribute("aria-activedescendant"));
    return { open: input.getAttribute("aria-expanded") === "true" && !list.hidden, role: `${input.getAttribute("role")} ${list.getAttribute("role")}`, at: active ? [...list.children].indexOf(active) : -1, selected: list.querySelectorAll("[aria-selected=true]").length, focus: input === document.activeElement };
  });
  let now = await state();
  check(now.open && now.role === "combobox listbox" && now.at === -1 && now.focus, "typing opens a list box and the focus stays");
  await keys.keyboard.press("ArrowDown");
  await keys.keyboard.press("ArrowDown");
  now = await state();
  check(now.at === 1 && now.selected === 1 && now.focus, "arrow keys choose an option");
  await keys.keyboard.press("Escape");
  now = await state();
  check(!now.open && now.at === -1 && await field.inputValue() === "warteraum", "Escape closes the list and keeps the text");
  await keys.keyboard.press("ArrowDown");
  await keys.keyboard.press("ArrowDown");
  const target = await keys.$eval("header [aria-selected=true]", (option) => option.href);
  await keys.keyboard.press("Enter");
  await keys.waitForURL(target);
  check(true, "Enter opens the chosen result");
  await keys.keyboard.press("/");
  await keys.keyboard.type("webx");
  await keys.keyboard.press("Enter");
  await keys.waitForURL(/q=webx/);
  await keys.waitForSelector("[data-search-results] a[href]");
  check(/1 |Ein |One |\d+ /.test(await keys.textContent("[data-search-status]")), "Enter without a choice leads to the search page, which says how many there are");
  await keys.keyboard.press("/");
  check(await keys.evaluate(() => document.activeElement.closest("main form[data-search]") !== null), "on the search page `/` leads to the large field");
  await keys.keyboard.press("ArrowDown");
  check(await keys.evaluate(() => document.activeElement === document.querySelector("[data-search-results] a[href]")), "arrow keys walk through the results");
  await keys.keyboard.press("Escape");
  check(await keys.evaluate(() => document.activeElement.matches("main form[data-search] input")), "Escape leads back to the field");
  await keys.fill("main form[data-search] input", "zoom");
  await keys.waitForFunction(() => document.querySelector("[data-search-status]").textContent.includes("zoom"));
  const before = await keys.$$eval("[data-search-results] a[href]", (links) => links.length);
  await keys.selectOption(".search-filters select", "1");
  await keys.waitForFunction((count) => document.querySelectorAll("[data-search-results] a[href]").length < count, before);
  check(/f0=1/.test(keys.url()) && (await keys.$$eval(".hit > .hit-kind", (list) => new Set(list.map((kind) => kind.textContent.split(" · ")[0])).size)) === 1, "results are narrowed down, and the address says so");
  check(await keys.$$eval("[data-search-results] mark", (list) => list.length > 0), "matches are marked");
  await keys.fill("main form[data-search] input", "qqqqq xxyyzz");
  await keys.waitForFunction(() => document.querySelector("[data-search-status]").textContent.includes("xxyyzz"));
  check(await keys.$$eval("[data-search-results] a", (list) => list.length === 0), "a query that finds nothing says so");
  await keys.context().close();

  // 8 Without script the form leads to the index.
  const plain = await open({ javaScriptEnabled: false });
  await plain.goto(`${origin}/index.html`);
  await plain.fill("header form[data-search] input", "AVV");
  await plain.press("header form[data-search] input", "Enter");
  await plain.waitForURL(new RegExp(`${searchPage}/(index\\.html)?\\?q=AVV`));
  const entries = await plain.$$eval(".index-list li", (list) => list.map((entry) => entry.textContent));
  check(entries.some((entry) => entry.startsWith("AVV →")) && entries.some((entry) => entry.startsWith("Art. 28 Abs. 3 DSGVO →")), "without script: an index with abbreviations and norms");
  await plain.context().close();

  // 9 Accessibility by axe, if it is there.
  const axe = await import("axe-core").catch(() => null);
  if (axe) {
    for (const scheme of ["light", "dark"]) {
      const seen = await open({ colorScheme: scheme });
      await ask(seen, "Verschlüsselung");
      await seen.evaluate(axe.default.source);
      const results = await seen.evaluate(() => window.axe.run());
      await seen.goto(`${origin}/index.html`);
      await seen.keyboard.press("/");
      await seen.keyboard.type("vertrag");
      await seen.waitForSelector("header [role=option]");
      await seen.keyboard.press("ArrowDown");
      await seen.evaluate(axe.default.source);
      const head = await seen.evaluate(() => window.axe.run("header"));
      const found = [...results.violations, ...head.violations].map(({ id, nodes }) => `${id} (${nodes[0].target})`);
      check(found.length === 0, `axe finds nothing (${scheme})${found.length ? `: ${found.join(", ")}` : ""}`);
      await seen.context().close();
    }
  } else console.log("     axe-core is not installed: accessibility was not checked");
  check(problems.length === 0, `no error in the console, no request elsewhere${problems.length ? `: ${[...new Set(problems)].join(" | ")}` : ""}`);
} finally {
  await browser.close();
  server.close();
}
console.log(failures.length === 0 ? "\nThe search is fine." : `\n${failures.length} failed.`);
process.exitCode = failures.length === 0 ? 0 : 1;
