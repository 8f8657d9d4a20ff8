// What every browser test needs: the site on loopback, Chromium, and checks that say what they are for.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".json": "application/json", ".xml": "application/xml",
  ".csv": "text/csv; charset=utf-8", ".ics": "text/calendar", ".txt": "text/plain; charset=utf-8",
};

/** Serves a folder on loopback like a static host: folders show index.html, what is missing shows 404.html. */
export async function serve(root) {
  const server = createServer(async (request, response) => {
    let path = decodeURIComponent(new URL(request.url, "http://site").pathname);
    if (path.endsWith("/")) path += "index.html";
    try {
      if (path.split("/").includes("..")) throw new Error("outside");
      const body = await readFile(join(root, path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": TYPES[".html"] });
      response.end(await readFile(join(root, "404.html")).catch(() => "not found"));
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Debian's Chromium, which asks nobody for anything. */
export function launch() {
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: quiet });
}

/** Collects named checks; one that fails does not stop the others. */
export class Suite {
  #failed = [];
  #count = 0;

  async test(name, run) {
    this.#count += 1;
    try {
      await run();
    } catch (error) {
      this.#failed.push(name);
      process.stderr.write(`FAILED ${name}\n  ${String(error.message ?? error).split("\n").slice(0, 12).join("\n  ")}\n`);
    }
  }

  end(what) {
    if (this.#count === 0) throw new Error("no check ran");
    process.stdout.write(`${what}: ${this.#count - this.#failed.length} of ${this.#count} checks passed\n`);
    process.exitCode = this.#failed.length > 0 ? 1 : 0;
  }
}

/** A new page whose every console error, foreign request and refused policy is an error of the test. */
export async function open(browser, site, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("request", (request) => { if (!request.url().startsWith(site.origin)) complaints.push(`foreign request: ${request.url()}`); });
  const go = async (path) => {
    await page.goto(`${site.origin}/${path}`);
    await page.evaluate(() => document.fonts.ready.then(() => true));
  };
  return { page, go, complaints, close: () => context.close() };
}

/** Opens a page, runs something on it, and lets no complaint pass. */
export function visits(browser, site) {
  return async (options, path, run) => {
    const visitor = await open(browser, site, options);
    try {
      await visitor.go(path);
      await run(visitor.page, visitor);
      assert.deepEqual(visitor.complaints, []);
    } finally {
      await visitor.close();
    }
  };
}

/** One page of every kind, found by the class of its body: kind → path; `home en` and so on in further languages.
    Pages at old addresses are gone before they can be looked at. */
export async function pageKinds(folder) {
  const kinds = new Map();
  const languageOf = (html) => /<html lang="(\w+)"/.exec(html)?.[1] ?? "";
  const main = languageOf(await readFile(join(folder, "index.html"), "utf8"));
  for (const path of Object.keys(JSON.parse(await readFile(join(folder, ".leitfaden.json"), "utf8")).files).filter((name) => name.endsWith(".html"))) {
    const html = await readFile(join(folder, path), "utf8");
    const plain = /<body class="k-([a-z_]+)/.exec(html)?.[1] ?? path;
    const kind = languageOf(html) === main ? plain : `${plain} ${languageOf(html)}`;
    if (kind !== "moved" && !kinds.has(kind)) kinds.set(kind, path.replace(/index\.html$/, ""));
  }
  return kinds;
}

/**
 * The rows of the comparison that a reader sees: they take room and what is in them is painted. Not by the attribute: a
 * style may hide or show as it likes.
 */
export async function visibleRows(page) {
  await page.waitForSelector(".late", { state: "detached" });
  return page.$$eval("tr[data-system]", (all) => all.filter((row) => row.getBoundingClientRect().height > 0 && row.querySelector("th a").checkVisibility({ visibilityProperty: true })).map((row) => row.dataset.system));
}
