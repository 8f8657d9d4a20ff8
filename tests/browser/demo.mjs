// The demo guide in English: another subject, another language, the same tools. Usage: node demo.mjs FOLDER
// What is common to all guides is held by site.mjs; here is what can go wrong when neither subject nor language are the first ones.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Suite, launch, open, pageKinds, serve, visibleRows, visits } from "./harness.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("name the folder of the built demo");
const repository = new URL("../../", import.meta.url);
const site = await serve(folder);
const browser = await launch();
const suite = new Suite();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const data = JSON.parse(await readFile(join(folder, "api/v1/systems.json"), "utf8"));
const config = JSON.parse(await readFile(join(folder, "api/v1/criteria.json"), "utf8"));
const kinds = await pageKinds(folder);
const slugs = data.systems.map((system) => system.slug);

const visit = visits(browser, site);
const query = (page) => new URL(page.url()).searchParams;

await suite.test("the demo has every kind of page, at English addresses", () => {
  const wanted = ["home", "matrix", "selection", "systems", "system", "criteria", "criterion", "decision", "article", "topics", "topic", "glossary", "law", "changes", "due",
    "search", "newsletter", "notice", "imprint", "privacy", "accessibility", "print", "not_found"];
  assert.deepEqual(wanted.filter((kind) => !kinds.has(kind)), []);
  assert.deepEqual(["matrix", "decision", "search", "law"].map((kind) => kinds.get(kind)), ["compare/", "decide/", "search/", "law/"]);
});

// The words of the German texts that neither the English texts nor the guide itself use.
const words = (text) => new Set((text.match(/\p{L}{3,}/gu) ?? []).map((word) => word.toLowerCase()));
const texts = async (language) => words((await readFile(new URL(`themes/standard/i18n/${language}.yaml`, repository), "utf8")).replace(/^(#.*|[\w.]+:)/gm, ""));
const content = new URL("tests/demo/content/", repository);
const own = await Promise.all((await readdir(content)).map((name) => readFile(new URL(name, content), "utf8")));
const english = new Set([...(await texts("en")), ...words(JSON.stringify([data, config]) + own.join("\n"))]);
const german = new Set([...(await texts("de"))].filter((word) => !english.has(word)));

for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 360], ["dark", 360]]) {
  const visitor = await open(browser, site, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true, reducedMotion: "reduce" });
  for (const [kind, path] of kinds) {
    await suite.test(`${kind} at ${width} px, ${colorScheme}: axe finds nothing, nothing overflows, nothing is asked for or complained about`, async () => {
      const { page } = visitor;
      visitor.complaints.length = 0;
      await visitor.go(path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      await page.addStyleTag({ content: "*{content-visibility:visible!important}" });
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => `${node.target} ${node.any?.[0]?.message ?? ""}`).join(" | ")}`), []);
      assert.deepEqual(visitor.complaints, []);
    });
  }
  await visitor.close();
}

const reader = await open(browser, site);
for (const [kind, path] of kinds) {
  await suite.test(`${kind}: its policy is in force, it keeps nothing, and no German word shows or is read out`, async () => {
    const { page, complaints } = reader;
    complaints.length = 0;
    await reader.go(path);
    assert.match(await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content"), /default-src 'none'/);
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ["", 0, 0]);
    const said = await page.evaluate(() => {
      const attributes = ["aria-label", "title", "alt", "placeholder", "content", "value"];
      const told = [...document.querySelectorAll("*")].flatMap((element) => attributes.map((name) => (element.closest("meta[http-equiv]") ? "" : element.getAttribute(name) ?? "")));
      return [document.title, document.body.textContent, ...told].join(" ").replace(/https?:\S+/g, "");
    });
    assert.deepEqual([...words(said)].filter((word) => german.has(word) || /[äöüß]/.test(word)), []);
    assert.deepEqual(complaints, []);
    const isRefused = await page.evaluate(() => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", () => done(true), { once: true });
      const script = document.createElement("script");
      script.textContent = "window.injected = true";
      document.head.append(script);
      setTimeout(() => done(false), 2000);
    }));
    assert.equal(isRefused && !(await page.evaluate(() => window.injected)), true, "an inline script is refused");
  });
}
await reader.close();

await suite.test("a filter narrows the table, says so in English and lives in the address", () =>
  visit({}, kinds.get("matrix"), async (page) => {
    assert.deepEqual((await visibleRows(page)).sort(), [...slugs].sort());
    await page.click(".adv > summary");
    await page.check("[name=operation][value=own_server]");
    const expected = data.systems.filter((system) => system.facts.operation.value === "own_server").map((system) => system.slug);
    assert.deepEqual((await visibleRows(page)).sort(), expected.sort());
    assert.match(await page.textContent("[data-filter-count]"), new RegExp(`^${expected.length} of ${slugs.length} systems`));
    assert.equal(query(page).get("operation"), "own_server");
  }));

await suite.test("evidence opens in a cell, and two systems stand side by side", () =>
  visit({}, kinds.get("matrix"), async (page) => {
    const cell = `tr[data-system=vaultwarden] td[data-criterion=audit]`;
    await page.click(`${cell} summary`);
    await page.waitForSelector(`${cell} .evi [data-source]`);
    assert.deepEqual(await page.$$eval(`${cell} [data-source] a`, (all) => all.map((link) => link.href)), data.systems.find(({ slug }) => slug === "vaultwarden").facts.audit.sources.map((one) => one.url));
    await page.keyboard.press("Escape");
    for (const slug of ["bitwarden", "keepassxc"]) await page.check(`[name=sys][value=${slug}]`);
    await page.click("[data-side-open]");
    assert.equal(await page.locator(".sd thead th").count(), 2);
    const lines = await page.locator(".sd tbody tr").count();
    assert.equal(lines, config.criteria.length);
    assert.match(await page.innerText("main"), new RegExp(`\\d+ of ${lines} facts differ`));
  }));

await suite.test("the decision aid sorts by the answers, and what is unknown stays open", () =>
  visit({}, kinds.get("decision"), async (page) => {
    const groups = () => page.$$eval("[data-group]", (all) => Object.fromEntries(all.flatMap((group) => [...group.querySelectorAll("li[data-system]")].map((item) => [item.dataset.system, group.dataset.group]))));
    await page.check("[data-answer='place.europe']");
    const placed = await groups();
    for (const { slug, facts } of data.systems) {
      const value = facts.region?.value ?? "unknown";
      assert.equal(placed[slug], value === "unknown" ? "open" : ["own_choice", "europe"].includes(value) ? "yes" : "no", slug);
    }
    await page.check("[data-answer='gone.yes']");
    assert.equal((await groups()).keepassxc, "no");
    assert.deepEqual([query(page).get("place"), query(page).get("gone")], ["europe", "yes"]);
    await page.selectOption("[data-record-system]", "vaultwarden");
    await page.click("[data-record-open]");
    assert.match(await page.innerText("[data-record]"), /Vaultwarden/);
  }));

for (const [asked, wanted] of [["2FA", "criteria/two-factor-login/"], ["encrypting", "what-encryption-protects/"], ["DPA", "criteria/processing-agreement/"], ["bitwarden_rs", "systems/vaultwarden/"], ["recovry", "criteria/account-recovery/"]]) {
  await suite.test(`the search finds ${wanted} for “${asked}”`, () =>
    visit({}, `${kinds.get("search")}?q=${asked}`, async (page) => {
      await page.waitForFunction((text) => document.querySelector("[data-search-status]").textContent.includes(text), asked);
      const found = await page.$$eval("[data-search-results] a[href]", (links) => links.map((link) => new URL(link.href).pathname.slice(1).replace(/index\.html$/, "")));
      assert.ok(found.slice(0, 5).includes(wanted), found.slice(0, 8).join("  "));
      assert.match(await page.textContent("[data-search-status]"), /results? for/);
    }));
}

await suite.test("without JavaScript the table, its evidence, the profiles and the ready-made views are there", async () => {
  await visit({ javaScriptEnabled: false }, kinds.get("matrix"), async (page) => {
    assert.equal(await page.locator("tr[data-system]").count(), slugs.length);
    await page.locator("tr[data-system=proton-pass] td[data-criterion=e2ee] summary").click();
    const target = await page.locator("tr[data-system=proton-pass] td[data-criterion=e2ee] .evi a").first().getAttribute("href");
    const [, profile] = config.profiles;
    await page.locator(".profiles label", { hasText: profile.label }).click();
    assert.equal(await page.locator(`tr[data-system=bitwarden] [data-profile=${profile.id}]`).isVisible(), true);
    await page.locator(".adv > summary").click();
    await page.locator(".views a").first().click();
    assert.ok(await page.locator("li[data-system]").count() > 0, "a ready-made view");
    await page.goto(new URL(target, `${site.origin}/${kinds.get("matrix")}`).href);
    assert.ok(await page.locator("section[data-fact=e2ee] [data-source] a").first().isVisible(), "the link leads to the evidence");
  });
  await visit({ javaScriptEnabled: false }, kinds.get("decision"), async (page) => {
    assert.match(await page.innerText(".no-js"), /need JavaScript/);
    await page.locator(".by-profile > summary").click();
    assert.ok(await page.locator(".by-profile section").first().isVisible());
  });
});

await browser.close();
site.close();
suite.end("demo");
