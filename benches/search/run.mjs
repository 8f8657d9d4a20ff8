// The search beside Pagefind and MiniSearch, on the same pages and the same queries.
//   node run.mjs [relevance] [sizes] [times]      all three without an argument
// Needs target/release/leitfaden, Debian's chromium, `npm install` here, and German manual pages (Debian: manpages-de).
// Pagefind indexes the built pages without the printed guide, the index from A to Z and the archive; MiniSearch gets the same pages, cut
// at their anchors. Pagefind is judged by pages only: an anchor that it does not give is no fault.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import MiniSearch from "minisearch";
import { chromium } from "playwright-core";
import { engine } from "../../tests/browser/engine.mjs";
import { figures, isWanted, queries, rank } from "../../tests/browser/relevance.mjs";
import { pages, project } from "./pages.mjs";

const root = resolve(import.meta.dirname, "../..");
const binary = process.env.LEITFADEN ?? join(root, "target/release/leitfaden");
const guideRoot = process.env.GUIDE ?? root;
const manuals = process.env.MANUALS ?? "/usr/share/man/de";
const wanted = process.argv.slice(2);
const does = (name) => wanted.length === 0 || wanted.includes(name);
const work = mkdtempSync(join(tmpdir(), "leitfaden-search-"));

const build = (from, name) => {
  const out = join(work, name);
  rmSync(out, { recursive: true, force: true });
  const start = performance.now();
  execFileSync(binary, ["build", "--root", from, "--output", out, "--today", "2026-11-25", "--quiet"], { stdio: ["ignore", "ignore", "pipe"] });
  return { out, ms: performance.now() - start };
};
const walk = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]);
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
const size = (bytes) => gzipSync(bytes, { level: 9 }).length;
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const SKIP = /^(404\.html|druck|print|suche|search|einwilligung|consent)/;

/** Pagefind over the built pages: where its files are, and how long it took. */
const pagefind = (out) => {
  const copy = `${out}-pagefind`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(out, copy, { recursive: true, filter: (path) => path === out || (!SKIP.test(relative(out, path)) && (statSync(path).isDirectory() || path.endsWith(".html"))) });
  const start = performance.now();
  execFileSync(join(import.meta.dirname, "node_modules/.bin/pagefind"), ["--site", copy], { stdio: "ignore" });
  return { copy, ms: performance.now() - start };
};

/** The built pages as documents for MiniSearch, cut where an anchor stands at a heading or an entry. */
const documents = (out) => walk(out).filter((path) => path.endsWith(".html") && !SKIP.test(relative(out, path))).flatMap((path) => {
  const html = readFileSync(path, "utf8");
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1].replace(/<svg[\s\S]*?<\/svg>|<script[\s\S]*?<\/script>/g, "") ?? "";
  const address = relative(out, path).replace(/(^|\/)index\.html$/, "$1");
  const text = (part) => part.replace(/<[^>]+>/g, " ").replace(/&(amp|lt|gt|quot);/g, " ").replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();
  const cuts = [...main.matchAll(/<(?:h[23]|section class="entry"|li) id="([^"]+)"/g)];
  return [{ id: "", index: 0 }, ...cuts.map((cut) => ({ id: cut[1], index: cut.index }))].map((cut, i, list) => {
    const part = main.slice(cut.index, list[i + 1]?.index);
    const title = text(/<h[1-4][^>]*>([\s\S]*?)<\/h[1-4]>/.exec(part)?.[1] ?? "");
    return { id: address + (cut.id && `#${cut.id}`), title, text: text(part) };
  });
});
const MINI = { fields: ["title", "text"], storeFields: ["title"], searchOptions: { boost: { title: 3 }, prefix: true, fuzzy: 0.2 } };
const mini = (out) => { const search = new MiniSearch(MINI); search.addAll(documents(out)); return search; };
const MINI_LIBRARY = size(readFileSync(join(import.meta.dirname, "node_modules/minisearch/dist/umd/index.js")));

// A server for one folder after the other; no policy, because Pagefind needs WebAssembly.
let served = work;
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".json": "application/json" };
const server = createServer((request, response) => {
  let file = join(served, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!existsSync(file)) { response.writeHead(404); response.end(); return; }
  response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "cache-control": "no-store" });
  response.end(readFileSync(file));
});
await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
const origin = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const open = async (folder) => {
  served = folder;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}index.html`);
  return page;
};

/** A page that asks Pagefind: `ask(query, most)` loads what it shows, as its own surface does. */
const PAGEFIND = async (page) => page.evaluate(async () => {
  window.pagefind = await import("/pagefind/pagefind.js");
  window.ask = async (query, most) => {
    const { results } = await window.pagefind.search(query);
    return Promise.all(results.slice(0, most).map(async (result) => (await result.data()).url));
  };
});
const OURS = async (page) => page.evaluate(async () => {
  const form = document.querySelector("form[data-search]");
  await window.leitfadenSearch.start(form.dataset.search);
  window.ask = async (query, most) => (await window.leitfadenSearch.shown((await window.leitfadenSearch.find(query)).hits.slice(0, most))).map((hit) => hit.href);
});
const transferred = (page) => {
  const names = new Set();
  page.on("requestfinished", (request) => { if (/pagefind\/|\/static\/search[.-].*js$/.test(request.url())) names.add(request.url()); });
  return () => [...names].reduce((sum, url) => {
    const bytes = readFileSync(join(served, new URL(url).pathname));
    // What is compressed already gains nothing.
    return sum + Math.min(bytes.length, size(bytes));
  }, 0);
};

try {
  if (does("relevance")) {
    const { out } = build(guideRoot, "guide");
    const own = await engine(out);
    const { copy } = pagefind(out);
    const page = await open(copy);
    await PAGEFIND(page);
    const small = mini(out);
    const engines = {
      leitfaden: async (query) => {
        const paths = (await own.find(query.q)).map(({ path }) => path);
        return { place: rank(paths, query), count: paths.length };
      },
      Pagefind: async (query) => {
        const byPage = { ...query, want: query.want.map((address) => address.split("#")[0]) };
        const paths = (await page.evaluate((text) => window.ask(text, 10), query.q)).map((url) => url.slice(1).replace(/(^|\/)index\.html/, "$1").split("#")[0]);
        return { place: rank(paths, byPage), count: paths.length };
      },
      MiniSearch: async (query) => {
        const paths = small.search(query.q).slice(0, 10).map(({ id }) => id);
        return { place: paths.findIndex((path) => isWanted(path, query)) + 1, count: paths.length };
      },
    };
    for (const half of ["tune", "report"]) {
      console.log(`\n${half} half      success@1  success@3    MRR   nothing   by class (success@1)`);
      for (const [name, ask] of Object.entries(engines)) {
        const rows = [];
        for (const query of queries(half)) {
          const found = await ask(query);
          rows.push({ query, rank: found.place, count: found.count });
        }
        const { all, classes } = figures(rows);
        const of = Object.entries(classes).map(([label, value]) => `${label} ${value.s1.toFixed(2)}`).join(" ");
        console.log(`${name.padEnd(14)} ${all.s1.toFixed(3).padStart(9)} ${all.s3.toFixed(3).padStart(10)} ${all.mrr.toFixed(3).padStart(6)} ${all.none.toFixed(3).padStart(9)}   ${of}`);
      }
    }
    await page.context().close();
  }

  if (does("sizes")) {
    const asked = queries().filter(({ class: kind }) => ["exact", "umlautless", "compound"].includes(kind)).map(({ q }) => q);
    console.log("\npages   first query, compressed (median, most)                                warm query p95 in Chromium (MiniSearch: Node)");
    for (const count of [45, 300, 1000]) {
      project(join(work, "project"), pages(guideRoot, manuals, count), true);
      const { out } = build(join(work, "project"), `site-${count}`);
      const { copy } = pagefind(out);
      const result = {};
      for (const [name, folder, prepare] of [["leitfaden", out, OURS], ["Pagefind", copy, PAGEFIND]]) {
        const bytes = [];
        for (const query of asked.filter((_, i) => i % 6 === 0)) {
          const page = await open(folder);
          const count = transferred(page);
          if (name === "leitfaden") await page.reload();
          await prepare(page);
          await page.evaluate((text) => window.ask(text, 6), query);
          bytes.push(count());
          await page.context().close();
        }
        const page = await open(folder);
        await prepare(page);
        const times = await page.evaluate(async (texts) => {
          const list = [];
          for (const round of [0, 1]) for (const text of texts) {
            const start = performance.now();
            await window.ask(text, 6);
            if (round) list.push(performance.now() - start);
          }
          return list;
        }, queries().map(({ q }) => q));
        await page.context().close();
        result[name] = { median: at(bytes, 0.5), most: Math.max(...bytes), p95: at(times, 0.95) };
      }
      const small = mini(out);
      const json = size(JSON.stringify(small)) + MINI_LIBRARY;
      const times = queries().flatMap(({ q }) => { small.search(q); const start = performance.now(); small.search(q); return [performance.now() - start]; });
      const row = Object.entries(result).map(([name, value]) => `${name} ${kb(value.median)}, ${kb(value.most)}`).join("; ");
      console.log(`${String(count).padStart(5)}   ${row}; MiniSearch ${kb(json)}   |   ${result.leitfaden.p95.toFixed(1)} / ${result.Pagefind.p95.toFixed(1)} / ${at(times, 0.95).toFixed(1)} ms`);
    }
  }

  if (does("times")) {
    console.log("\npages   index (build with search − without, best of three)   whole build   Pagefind");
    for (const count of [1000, 10_000]) {
      const list = pages(guideRoot, manuals, count);
      const best = (search) => {
        project(join(work, "project"), list, search);
        return Math.min(...[0, 1, 2].map(() => build(join(work, "project"), `site-${count}-${search}`).ms));
      };
      const [without, withIt] = [best(false), best(true)];
      const { ms } = pagefind(join(work, `site-${count}-true`));
      const seconds = (value) => `${(value / 1000).toFixed(2)} s`;
      console.log(`${String(list.length).padStart(5)}   ${seconds(withIt - without).padStart(8)}   ${seconds(withIt).padStart(8)}   ${seconds(ms).padStart(8)}`);
    }
  }
} finally {
  await browser.close();
  server.close();
  rmSync(work, { recursive: true, force: true });
}
