// The finished guide as its readers meet it. Usage: node site.mjs FOLDER
// The facts of the guide change; so these checks read what a page says and compare it with what the page does.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Suite, launch, open, pageKinds, serve, visibleRows, visits } from "./harness.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("name the folder of a built site");
const site = await serve(folder);
const browser = await launch();
const suite = new Suite();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const config = JSON.parse(await readFile(join(folder, "api/v1/criteria.json"), "utf8"));
const data = JSON.parse(await readFile(join(folder, "api/v1/systems.json"), "utf8"));
const alive = data.systems.filter((system) => system.status !== "discontinued");
const [first, second] = alive.map((system) => system.slug);
const inFolder = async (path) => (await readdir(join(folder, path), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

const kinds = await pageKinds(folder);
const pages = [...kinds];
const at = (kind) => {
  assert.ok(kinds.has(kind), `the site has a page of kind ${kind}`);
  return kinds.get(kind);
};

const visit = visits(browser, site);
const count = (page) => page.textContent("[data-filter-count]");
const query = (page) => new URL(page.url()).searchParams;

await suite.test("the site has every kind of page", () => {
  const wanted = ["home", "matrix", "selection", "systems", "system", "criteria", "criterion", "decision", "article", "topics", "topic", "glossary", "law", "changes", "due",
    "search", "newsletter", "notice", "imprint", "privacy", "accessibility", "print", "not_found"];
  assert.deepEqual(wanted.filter((kind) => !kinds.has(kind)), []);
  assert.ok(kinds.has("home en") && kinds.has("criteria en"), "start and criteria in English");
});

await suite.test("a page and its translation lead to each other by the keyboard, each in its language", () =>
  visit({}, "", async (page) => {
    for (const [name, language] of [["English", "en"], ["Deutsch", "de"]]) {
      await page.locator("nav.langs a:not([aria-current])").focus();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname === (language === "en" ? "/en/" : "/"));
      assert.equal(await page.getAttribute("html", "lang"), language);
    }
  }));

// Every kind of page, light and dark, narrow and wide: accessible, in its bounds, quiet.
for (const [kind, path] of pages) {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 360], ["dark", 320]]) {
    await suite.test(`${kind} at ${width} px, ${colorScheme}: axe finds nothing, nothing overflows`, () =>
      visit({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true, reducedMotion: "reduce" }, path, async (page) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(over <= 0, `${over} px too wide`);
        // What is out of sight is laid out only when it comes near; axe measures before it scrolls, so here all is.
        await page.addStyleTag({ content: "*{content-visibility:visible!important}" });
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        assert.deepEqual(found.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => `${node.target} ${node.any?.[0]?.message ?? ""}`).join(" | ")}`), []);
      }));
  }
  await suite.test(`${kind}: its policy is in force, it sets no cookie and stores nothing`, () =>
    visit({}, path, async (page, visitor) => {
      const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
      assert.match(policy, /default-src 'none'/);
      const isRefused = await page.evaluate(() => new Promise((done) => {
        document.addEventListener("securitypolicyviolation", () => done(true), { once: true });
        const script = document.createElement("script");
        script.textContent = "window.injected = true";
        document.head.append(script);
        setTimeout(() => done(false), 2000);
      }));
      assert.equal(isRefused && !(await page.evaluate(() => window.injected)), true, "an inline script is refused");
      visitor.complaints.splice(0, visitor.complaints.length, ...visitor.complaints.filter((text) => !/Content Security Policy/.test(text)));
      const stored = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
      assert.deepEqual(stored, ["", 0, 0]);
      assert.deepEqual(await page.context().cookies(), []);
    }));
}

await suite.test("no page moves after it was painted", async () => {
  for (const kind of ["home", "matrix", "system", "decision", "article"]) {
    await visit({ viewport: { width: 360, height: 800 } }, at(kind), async (page) => {
      const shift = await page.evaluate(() => new Promise((done) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.hadRecentInput ? 0 : entry.value; })).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 200)));
      }));
      assert.ok(shift < 0.01, `${kind} shifts by ${shift}`);
    });
  }
});

await suite.test("filters narrow the table, live in the address and come back from it", () =>
  visit({}, at("matrix"), async (page) => {
    const all = await visibleRows(page);
    const whole = await count(page);
    await page.click(".adv > summary");
    const boxes = await page.$$eval("[data-k]", (found) => found.map((box) => [box.name, box.value, box.dataset.k]));
    assert.ok(new Set(boxes.map(([name]) => name)).size >= 6, "six criteria to filter by");
    for (const [name, value, key] of boxes) {
      await page.check(`[name="${name}"][value="${value}"]`);
      const expected = await page.$$eval("tr[data-system]", (found, wanted) => found.filter((row) => row.dataset.f.split(" ").includes(wanted)).map((row) => row.dataset.system), key);
      assert.deepEqual(await visibleRows(page), expected, `${name}=${value}`);
      assert.equal(query(page).get(name), value);
      assert.match(await count(page), expected.length === all.length ? /\d/ : new RegExp(`^${expected.length} `));
      await page.uncheck(`[name="${name}"][value="${value}"]`);
    }
    assert.equal(await count(page), whole);
    const [one, other] = boxes.filter(([name]) => name === boxes[0][0]);
    await page.check(`[name="${one[0]}"][value="${one[1]}"]`);
    const alone = await visibleRows(page);
    await page.check(`[name="${other[0]}"][value="${other[1]}"]`);
    assert.ok((await visibleRows(page)).length >= alone.length, "two values of a criterion mean or");
    await page.uncheck(`[name="${other[0]}"][value="${other[1]}"]`);
    await page.check("[name=rating][value=green]");
    const both = await visibleRows(page);
    assert.ok(both.every((slug) => alone.includes(slug)), "two criteria mean and");
    await page.reload();
    assert.deepEqual(await visibleRows(page), both, "the address brings the state back");
    assert.equal(await page.isChecked("[name=rating][value=green]"), true);
    await page.click(".tools a.btn");
    await page.waitForURL((url) => url.search === "");
    await page.waitForLoadState();
    assert.deepEqual(await visibleRows(page), all, "the reset link starts anew");
  }));

/** The names of what a screen reader meets in this role, in their order. */
const heard = async (page, role) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Accessibility.enable");
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes.filter((node) => !node.ignored && node.role.value === role).map((node) => node.name.value);
};

for (const width of [1280, 768, 360]) {
  await suite.test(`at ${width} px a system that is filtered out is gone for everybody: eyes, screen readers, keys, search, paper`, () =>
    visit({ viewport: { width, height: 900 }, bypassCSP: true }, at("matrix"), async (page) => {
      const region = () => page.$eval("#s-tabelle", (element) => [element.scrollHeight, element.scrollWidth]);
      const order = (all) => all.map((row) => [row.dataset.system, row.querySelector("th a").textContent]);
      await page.waitForSelector("tr[data-system]:not(.laid)", { state: "detached" });
      const everything = await heard(page, "rowheader");
      const lines = await heard(page, "row");
      assert.equal(everything.length, data.systems.length, "before, screen readers find every system");
      await page.click(".adv > summary");
      await page.check("[name=rating][value=green]");
      const left = await visibleRows(page);
      const out = (await page.$$eval("tr[data-system]", order)).filter(([slug]) => !left.includes(slug)).map(([, name]) => name);
      assert.ok(left.length > 0 && out.length > left.length, `${left.length} rows left`);

      assert.equal((await heard(page, "rowheader")).length, left.length);
      assert.equal((await heard(page, "row")).length, lines.length - out.length, "no empty rows are counted");

      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run("#s-tabelle", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
      assert.deepEqual(found.violations.map((rule) => `${rule.id}: ${rule.nodes[0].target}`), []);

      const room = await region();
      const plain = await page.addStyleTag({ content: ".mx tr[data-system][hidden][hidden]{display:none!important}" });
      assert.deepEqual(room, await region(), "no gap, no room to scroll into");
      await plain.evaluate((style) => style.remove());

      const hits = await page.evaluate((name) => {
        let found = 0;
        for (let step = 0; step < 50 && window.find(name, true); step += 1) if (window.getSelection().anchorNode.parentElement.closest("tr[data-system]")) found += 1;
        window.getSelection().selectAllChildren(document.querySelector(".mx"));
        return [found, window.getSelection().toString().includes(name)];
      }, out[0]);
      assert.deepEqual(hits, [0, false], `${out[0]} is neither found nor copied`);

      await page.focus("#s-tabelle");
      const reached = new Set();
      for (let step = 0; step < 600; step += 1) {
        await page.keyboard.press("Tab");
        const place = await page.evaluate(() => document.activeElement.closest("#s-tabelle") && (document.activeElement.closest("tr").dataset.system ?? ""));
        if (place === null) break;
        reached.add(place);
      }
      reached.delete("");
      assert.deepEqual([...reached], left, "keys reach the rows left and no other");

      await page.emulateMedia({ media: "print" });
      assert.equal(await page.$$eval("tr[data-system][hidden]", (all) => all.filter((row) => row.getClientRects().length > 0).length), 0, "nothing of it on paper");
      await page.emulateMedia({ media: "screen" });

      await page.uncheck("[name=rating][value=green]");
      assert.equal((await visibleRows(page)).length, data.systems.length);
      assert.deepEqual(await heard(page, "rowheader"), everything, "afterwards they find all of them again");
    }));
}

await suite.test("the rows can be put in another order", () =>
  visit({}, `${at("matrix")}?sort=known`, async (page) => {
    const known = await page.$$eval("tr[data-system]", (all) => all.map((row) => Number(row.dataset.known)));
    assert.deepEqual(known, [...known].sort((a, b) => b - a));
    await page.selectOption("[name=sort]", "rating");
    await page.waitForSelector(".late", { state: "detached" });
    const lights = await page.$$eval("tr[data-system]", (all) => all.map((row) => row.querySelector("[data-rating]").dataset.rating));
    const order = ["green", "yellow", "red", "grey"];
    const ranks = lights.map((light) => order.indexOf(light)).filter((rank) => rank >= 0);
    assert.deepEqual(ranks, [...ranks].sort());
    assert.equal(query(page).get("sort"), "rating");
  }));

for (const width of [1280, 360]) {
  await suite.test(`at ${width} px a change answers with the rows in view; the others keep their place and follow`, () =>
    visit({ viewport: { width, height: 900 } }, at("matrix"), async (page) => {
      // How high a card is stands fast once it was laid out.
      await page.waitForSelector("tr[data-system]:not(.laid)", { state: "detached" });
      const answer = () => page.evaluate(() => {
        const region = document.querySelector("#s-tabelle");
        // Within the table: a window may scroll by itself while the page is shorter for a moment.
        const tops = () => [...document.querySelectorAll("tr[data-system]")].map((row) => row.getBoundingClientRect().top - region.getBoundingClientRect().top);
        region.scrollIntoView({ behavior: "instant" });
        const before = tops();
        const box = document.querySelector("[data-k]");
        box.click();
        const some = document.querySelectorAll("tr[data-system]:not([hidden])").length;
        box.click();
        const late = [...document.querySelectorAll(".late")];
        const inView = late.filter((row) => row.getBoundingClientRect().bottom > 0 && row.getBoundingClientRect().top < Math.min(window.innerHeight, region.getBoundingClientRect().bottom));
        return { some, late: late.length, inView: inView.length, moved: tops().some((top, at) => Math.abs(top - before[at]) > 1) };
      });
      const { some, late, inView, moved } = await answer();
      assert.ok(some < alive.length);
      assert.ok(late > 0 && late < data.systems.length, `${late} rows wait`);
      assert.deepEqual([inView, moved], [0, false]);
      await page.waitForSelector(".late", { state: "detached" });
      const cell = `tr[data-system="${alive.at(-1).slug}"] td[data-criterion] summary`;
      await page.locator(cell).first().click();
      assert.equal(await page.locator("table[data-matrix] details[open]").count(), 1, "the last row can be used");
      assert.equal(await page.evaluate(() => {
        const sort = document.querySelector("[name=sort]");
        sort.value = "known";
        sort.dispatchEvent(new Event("change", { bubbles: true }));
        return document.querySelector("table[data-matrix] details[open]").closest("tr").matches(".late");
      }), false, "open evidence does not wait");
    }));
}

await suite.test("a cell opens its evidence in place, keys go from cell to cell, Escape closes", () =>
  visit({}, at("matrix"), async (page) => {
    const cell = `tr[data-system="${first}"] td[data-criterion]:not([data-light=grey])`;
    await page.click(`${cell} summary`);
    await page.waitForSelector(`${cell} .evi [data-source]`);
    const evidence = page.locator(`${cell} .evi`).first();
    assert.equal(await evidence.isVisible(), true);
    const box = await evidence.boundingBox();
    const { width, height } = page.viewportSize();
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, "it stays in the view");
    const text = await evidence.innerText();
    const name = alive.find((system) => system.slug === first).name;
    assert.ok(text.includes(name), "it says whose it is");
    assert.equal(await page.locator("table[data-matrix] details[open]").count(), 1);
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
    assert.equal(await page.locator("table[data-matrix] details[open]").count(), 1, "one at a time");
    const column = await page.evaluate(() => document.activeElement.closest("td").dataset.criterion);
    await page.keyboard.press("ArrowDown");
    assert.deepEqual(await page.evaluate(() => [document.activeElement.closest("tr").dataset.system, document.activeElement.closest("td").dataset.criterion]), [second, column]);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("table[data-matrix] details[open]").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY", "the focus stays where it was");
  }));

await suite.test("the evidence of all cells of a system comes with one script and is what its page says", () =>
  visit({}, at("matrix"), async (page) => {
    const scripts = [];
    page.on("request", (request) => scripts.push(request.url()));
    await page.click(".adv > summary");
    for (const group of await page.$$eval("[name=group]", (all) => all.map((box) => box.value))) await page.check(`[name=group][value="${group}"]`);
    const { facts } = alive[0];
    for (const [id, fact] of Object.entries(facts).filter(([, one]) => one.sources?.length > 0)) {
      const cell = `tr[data-system="${first}"] td[data-criterion="${id}"]`;
      await page.$eval(`${cell} details`, (details) => { details.open = true; });
      await page.waitForSelector(`${cell} .evi [data-source]`);
      assert.deepEqual(await page.$$eval(`${cell} [data-source] a`, (all) => all.map((link) => link.href)), fact.sources.map((source) => new URL(source.url).href), id);
      assert.ok((await page.textContent(`${cell} .evi .what`)).length > 0, "it says of which criterion");
    }
    assert.equal(scripts.filter((url) => url.includes("/static/evidence/")).length, 1);
  }));

await suite.test("evidence that cannot be loaded leaves the link to it, and the next try may bring it", async () => {
  const visitor = await open(browser, site);
  await visitor.page.route("**/static/evidence/**", (route) => route.abort());
  await visitor.go(at("matrix"));
  const { page } = visitor;
  const cell = `tr[data-system="${first}"] td[data-criterion]:not([data-light=grey])`;
  const failed = page.waitForEvent("requestfailed");
  await page.click(`${cell} summary`);
  await failed;
  const link = page.locator(`${cell} .evi a`).first();
  assert.equal(await link.isVisible(), true);
  const id = await page.getAttribute(cell, "data-criterion");
  const address = await link.evaluate((element) => element.href);
  assert.equal(address, `${site.origin}/systeme/${first}/index.html#${config.criteria.find((criterion) => criterion.id === id).slug}`);
  await page.unroute("**/static/evidence/**");
  await page.click(`${cell} summary`);
  await page.click(`${cell} summary`);
  await page.waitForSelector(`${cell} .evi [data-source]`);
  await visitor.close();
});

await suite.test("the profile switch changes ratings and says why", () =>
  visit({}, at("matrix"), async (page) => {
    const ratings = (profile) => page.$$eval(`[data-profile="${profile}"]`, (all) => all.filter((rating) => rating.getClientRects().length > 0).map((rating) => rating.dataset.rating));
    const [standard, ...others] = config.profiles;
    const before = await ratings(standard.id);
    assert.ok(before.length > 0);
    let changed = 0;
    for (const profile of others) {
      await page.check(`[name=profile][value="${profile.id}"]`);
      assert.deepEqual(await ratings(standard.id), [], "one profile at a time");
      const now = await ratings(profile.id);
      assert.equal(now.length, before.length);
      changed += now.filter((light, index) => light !== before[index]).length;
      const expected = Object.fromEntries(alive.map((system) => [system.slug, system.ratings[profile.id].light]));
      const shown = await page.$$eval("tr[data-system]", (all, id) => all.map((row) => [row.dataset.system, row.querySelector(`[data-profile="${id}"]`)?.dataset.rating]), profile.id);
      shown.filter(([slug]) => expected[slug]).forEach(([slug, light]) => assert.equal(light, expected[slug], `${slug} for ${profile.id}`));
      if (profile.changes?.length > 0) {
        const reasons = page.locator(".differs:visible li");
        await page.click(".differs:visible summary");
        assert.equal(await reasons.count(), profile.changes.length, `${profile.id} says what counts differently`);
      }
      assert.equal(query(page).get("profile"), profile.id);
    }
    assert.ok(changed > 0, "some rating changes");
  }));

await suite.test("groups unfold and fold again", () =>
  visit({}, at("matrix"), async (page) => {
    const seen = () => page.$$eval(`tr[data-system="${first}"] td[data-criterion]`, (all) => all.filter((cell) => cell.getClientRects().length > 0).length);
    const before = await seen();
    await page.click(".adv > summary");
    const groups = await page.$$eval("[name=group]", (all) => all.map((box) => box.value));
    for (const group of groups) await page.check(`[name=group][value="${group}"]`);
    assert.equal(await seen(), config.criteria.length, "all criteria are to be seen");
    assert.deepEqual(query(page).getAll("group"), groups);
    for (const group of groups) await page.uncheck(`[name=group][value="${group}"]`);
    assert.equal(await seen(), before);
  }));

for (const width of [1280, 360]) {
  await suite.test(`two to four systems stand side by side at ${width} px, differences marked`, () =>
    visit({ viewport: { width, height: 900 }, reducedMotion: "reduce" }, at("matrix"), async (page) => {
      const slugs = alive.slice(0, 5).map((system) => system.slug);
      await page.check(`[name=sys][value="${slugs[0]}"]`);
      assert.equal(await page.isDisabled("[data-side-open]"), true, "one is not enough");
      for (const slug of slugs.slice(1, 4)) await page.check(`[name=sys][value="${slug}"]`);
      assert.equal(await page.isDisabled(`[name=sys][value="${slugs[4]}"]`), true, "a fifth is too many");
      await page.uncheck(`[name=sys][value="${slugs[3]}"]`);
      await page.click("[data-side-open]");
      assert.equal(await page.locator(".sd thead th").count(), 3);
      const lines = await page.$$eval(".sd tbody tr", (all) => all.map((line) => [line.hasAttribute("data-differs"), [...line.querySelectorAll("summary")].map((summary) => summary.textContent.replace(/\u00ad/g, "").trim())]));
      assert.equal(lines.length, config.criteria.length);
      lines.forEach(([differs, words]) => assert.equal(differs, new Set(words).size > 1, words.join(" | ")));
      await page.check("[data-side-diff]");
      const shown = await page.$$eval(".sd tbody tr", (all) => all.filter((line) => line.getClientRects().length > 0).length);
      assert.equal(shown, lines.filter(([differs]) => differs).length);
      assert.deepEqual(query(page).getAll("sys"), slugs.slice(0, 3));
      await page.locator(".sd tbody tr[data-differs] summary").first().click();
      await page.waitForSelector(".sd .evi .ev, .sd .evi:not([data-waits])");
      assert.equal(await page.locator(".sd .evi:visible").count(), 1, "evidence opens here too");
      assert.ok((await page.innerText(".sd .evi")).includes(alive[0].name) || width < 1024, "it says whose it is");
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      await page.reload();
      assert.equal(await page.locator(".sd thead th").count(), 3, "the address brings the view back");
      await page.click("[data-side-close]");
      assert.equal(await page.locator("table[data-matrix]").isVisible(), true);
    }));
}

await suite.test("the decision aid sorts by what the data say, and its state is in the address", () =>
  visit({}, at("decision"), async (page) => {
    const states = () => page.$$eval("[data-group]", (groups) => Object.fromEntries(groups.flatMap((group) => [...group.querySelectorAll("li[data-system]")].map((item) => [item.dataset.system, group.dataset.group]))));
    const [standard] = config.profiles;
    const byLight = { green: "yes", yellow: "yes", grey: "open", red: "no" };
    const start = await states();
    alive.forEach((system) => assert.equal(start[system.slug], byLight[system.ratings[standard.id].light], system.slug));
    const answers = await page.$$eval("[data-answer]", (all) => all.filter((input) => input.dataset.needs).map((input) => input.dataset.answer));
    assert.ok(answers.length >= 10, "answers that ask for something");
    for (const answer of answers) {
      await page.goto(`${site.origin}/${at("decision")}`);
      await page.check(`[data-answer="${answer}"]`);
      const now = await states();
      const unmet = Object.fromEntries(await page.$$eval("li[data-system]", (all, wanted) => all.map((item) => [item.dataset.system, item.dataset.unmet.split(" ").filter((text) => text.startsWith(`${wanted}/`)).map((text) => text.split("/")[2])]), answer));
      const order = ["yes", "open", "no"];
      alive.forEach(({ slug }) => {
        const worst = Math.max(order.indexOf(start[slug]), ...unmet[slug].map((fit) => order.indexOf(fit)));
        assert.equal(now[slug], order[worst], `${slug} after ${answer}`);
      });
      const lacking = Object.values(unmet).filter((fits) => fits.length > 0).length;
      const told = await page.$$eval("li[data-system]", (all) => all.filter((item) => item.querySelector(".lack li:not([hidden])")).length);
      assert.equal(told, lacking, `every system that lacks something says what (${answer})`);
      const [question, value] = answer.split(".");
      assert.equal(query(page).get(question), value);
    }
    const last = await states();
    await page.reload();
    assert.deepEqual(await states(), last);
  }));

await suite.test("a fact that is unknown never counts as met", () =>
  visit({}, at("decision"), async (page) => {
    const asked = await page.$$eval("[data-answer][data-needs]", (all) => all.map((input) => [input.dataset.answer, input.dataset.needs.split(" ").filter(Boolean).map(Number)]));
    const unmet = Object.fromEntries(await page.$$eval("li[data-system]", (all) => all.map((item) => [item.dataset.system, item.dataset.unmet.split(" ").filter(Boolean)])));
    let open = 0;
    for (const [answer, criteria] of asked) {
      for (const index of criteria) {
        const { id } = config.criteria[index];
        for (const system of alive.filter((one) => one.facts[id]?.value === undefined || one.facts[id].value === "unknown")) {
          assert.ok(unmet[system.slug].includes(`${answer}/${index}/open`), `${system.slug}: ${id} for ${answer}`);
          open += 1;
        }
      }
    }
    assert.ok(open > 0);
  }));

await suite.test("the record of the decision names answers, systems, facts with sources, duties; it leaves nothing behind", () =>
  visit({}, at("decision"), async (page, visitor) => {
    let requests = 0;
    // A browser may fetch the icon anew when the address changes.
    page.on("request", (request) => { if (!request.url().includes("favicon")) requests += 1; });
    const profile = config.profiles[2];
    await page.check(`[name=profile][value="${profile.id}"]`);
    const answer = await page.$eval("[data-answer][data-needs]:not([data-needs=''])", (input) => input.dataset.answer);
    await page.check(`[data-answer="${answer}"]`);
    await page.selectOption("[data-record-system]", second);
    await page.click("[data-record-open]");
    const text = await page.innerText("[data-record]");
    assert.ok(text.includes(profile.label) && text.includes(alive.find((system) => system.slug === second).name));
    assert.equal(await page.locator("[data-slot=systems] tr").count(), alive.length);
    const facts = await page.locator("[data-slot=facts] tr").count();
    const counting = config.criteria.filter((criterion) => ["gate", "strong"].includes(profile.changes?.find((change) => change.criterion.label === criterion.label)?.role ?? criterion.role));
    assert.ok(facts >= counting.length, `${facts} facts, ${counting.length} criteria count`);
    const marks = await page.$$eval("[data-slot=facts] sup", (all) => all.map((mark) => Number(mark.textContent.slice(1, -1))));
    const ends = await page.locator("[data-slot=sources] li").count();
    assert.ok(ends > 0 && Math.max(...marks) === ends && new Set(marks).size === ends, "every mark has its source and every source its mark");
    assert.ok(await page.locator("[data-slot=duties] li").count() >= 5);
    assert.equal(await page.locator("[data-slot=open] li").count(), await page.locator("[data-slot=facts] tr[data-light=grey]").count());
    await page.fill(".sheet input >> nth=0", "Geheime Stelle");
    assert.ok(!page.url().includes("Geheim"));
    assert.equal(query(page).get("system"), second);
    assert.equal(requests, 0, "nothing was sent");
    await page.reload();
    assert.equal(await page.locator("[data-record]").isVisible(), true, "a colleague sees the record");
    assert.equal(await page.inputValue(".sheet input >> nth=0"), "", "but not what was typed");
    assert.deepEqual(visitor.complaints, []);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("header.top").isVisible(), false, "only the sheet is printed");
    assert.equal(await page.locator(".sheet").isVisible(), true);
  }));

for (const kind of ["system", "criteria"]) {
  await suite.test(`${kind}: on a phone screen readers find every heading that stands there, however far down`, () =>
    visit({ viewport: { width: 360, height: 800 } }, at(kind), async (page) => {
      await page.waitForSelector(".facts:not(.laid)", { state: "detached" });
      const there = await page.$$eval("main h2", (all) => all.filter((heading) => heading.checkVisibility()).length);
      const found = await heard(page, "heading");
      assert.ok(there > 3 && found.length >= there, `${found.length} of ${there}`);
    }));
}

await suite.test("the page of a system unfolds what a link points to", () =>
  visit({ viewport: { width: 360, height: 800 } }, at("system"), async (page) => {
    const id = await page.$$eval("details:not([open]) section[data-fact]", (all) => all.at(-1)?.id);
    if (!id) return;
    await page.evaluate((anchor) => { window.location.hash = anchor; }, id);
    await page.waitForFunction((anchor) => document.getElementById(anchor).getClientRects().length > 0, id);
  }));

await suite.test("everything is reached by keyboard and shows where the focus is", () =>
  visit({ reducedMotion: "reduce" }, at("home"), async (page) => {
    for (const kind of ["home", "system", "decision", "article", "newsletter"]) {
      await page.goto(`${site.origin}/${at(kind)}`);
      const wanted = await page.$$eval("main a[href], main button, main summary, main select, main input:not([type=hidden])", (all) => all.filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0 && !(element.type === "radio" && !element.checked) && !element.disabled).length);
      let reached = 0;
      let bare = "";
      for (let step = 0; step < wanted + 80; step += 1) {
        await page.keyboard.press("Tab");
        const state = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const shown = element.closest("label") && element.matches(".seg input") ? element.closest("label") : element;
          const style = getComputedStyle(shown);
          return [Boolean(element.closest("main")), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, element.outerHTML.slice(0, 80)];
        });
        if (!state) break;
        if (state[0]) reached += 1;
        if (!state[1]) bare ||= state[2];
      }
      assert.equal(bare, "", `${kind}: focus cannot be seen`);
      assert.ok(reached >= wanted, `${kind}: ${reached} of ${wanted} stops reached`);
    }
  }));

await suite.test("skip links lead to the content and to the table", () =>
  visit({}, at("matrix"), async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "hauptinhalt");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "s-tabelle");
  }));

await suite.test("without JavaScript everything is there: the way to the evidence, profiles, groups, ready-made views", async () => {
  await visit({ javaScriptEnabled: false }, at("matrix"), async (page) => {
    assert.equal(await page.getAttribute("body", "data-p"), null, "scripts are off");
    const table = page.locator("tr[data-system]");
    assert.equal(await table.count(), data.systems.length);
    await page.locator(`tr[data-system="${first}"] td[data-criterion] summary`).first().click();
    const link = page.locator(`tr[data-system="${first}"] .evi a`).first();
    assert.equal(await link.isVisible(), true);
    const target = await link.getAttribute("href");
    const fact = await page.context().newPage();
    await fact.goto(new URL(target, page.url()).href);
    assert.ok(await fact.locator(`section[data-fact]${target.slice(target.indexOf("#"))} [data-source], section[data-fact]${target.slice(target.indexOf("#"))} .ev`).first().isVisible(), "the link leads to the evidence");
    await fact.close();
    const profile = config.profiles[3].id;
    await page.locator(".profiles label", { hasText: config.profiles[3].label }).click();
    assert.equal(await page.locator(`tr[data-system="${first}"] [data-profile="${profile}"]`).isVisible(), true);
    assert.equal(await page.locator(`tr[data-system="${first}"] [data-profile="${config.profiles[0].id}"]`).isVisible(), false);
    await page.locator(".adv > summary").click();
    assert.equal(await page.locator("[data-k]").first().isVisible(), false, "filters that would do nothing are not shown");
    const links = page.locator(".views a");
    assert.ok(await links.count() >= 6);
    await links.first().click();
    assert.ok(await page.locator("li[data-system]").count() > 0, "a ready-made view");
  });
  await visit({ javaScriptEnabled: false }, at("decision"), async (page) => {
    assert.equal(await page.locator(".asks").isVisible(), false);
    assert.equal(await page.locator(".no-js").isVisible(), true);
    await page.locator(".by-profile > summary").click();
    assert.ok(await page.locator(".by-profile section").first().isVisible());
  });
  await visit({ javaScriptEnabled: false }, at("system"), async (page) => {
    assert.ok(await page.locator("[data-trace] li").first().isVisible());
    assert.ok(await page.locator("section[data-fact] [data-source] a").first().isVisible());
  });
});

await suite.test("every ready-made view shows the systems that the filter shows", async () => {
  await visit({}, at("matrix"), async (page) => {
    const views = await page.$$eval(".views a", (all) => all.map((link) => link.getAttribute("href")));
    const boxes = await page.$$eval("[data-k]", (all) => all.map((box) => box.dataset.k));
    assert.equal(views.length, boxes.length);
    const expected = await page.$$eval("[data-k]", (all) => all.map((box) => [...document.querySelectorAll("tr[data-system]")].filter((row) => row.dataset.f.split(" ").includes(box.dataset.k) && row.dataset.r !== "a").map((row) => row.dataset.system)));
    for (const [index, href] of views.entries()) {
      await page.goto(`${site.origin}/${at("matrix")}`);
      await page.evaluate((target) => { window.location.href = target; }, href);
      await page.waitForSelector("main .found");
      assert.deepEqual(await page.$$eval("li[data-system]", (all) => all.map((item) => item.dataset.system)), expected[index], href);
    }
  });
});

await suite.test("pages print: evidence unfolded, addresses written out, the frame left away", async () => {
  await visit({}, at("system"), async (page) => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok(pdf.length > 20_000);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("nav.nav").isVisible(), false);
    const address = await page.$eval(".ev dd a", (link) => getComputedStyle(link, "::after").content);
    assert.match(address, /http/);
  });
  await visit({}, at("matrix"), async (page) => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets >= 1 && sheets <= 8, `${sheets} sheets`);
    assert.match(pdf.toString("latin1"), /\/MediaBox\s*\[\s*0 0 84\d/, "the table is printed across");
  });
});

await suite.test("newsletter: the notice stands before the box and the button, nothing is ticked", () =>
  visit({}, at("newsletter"), async (page) => {
    const order = await page.$$eval("form[data-newsletter] [data-consent], form[data-newsletter] [type=checkbox], form[data-newsletter] button", (all) => all.map((element) => element.matches("button") ? "button" : element.matches("[data-consent]") ? "notice" : "box"));
    assert.equal(order[0], "notice");
    assert.equal(order.at(-1), "button");
    assert.equal(await page.locator("form[data-newsletter] [type=checkbox]:checked").count(), 0);
  }));

await suite.test("the site works from a subfolder of a host", async () => {
  const folders = await inFolder(".");
  assert.ok(folders.length > 5);
  const links = await readFile(join(folder, "index.html"), "utf8");
  assert.ok(!/(href|src)="\/(?!\/)/.test(links), "no address starts at the host's root");
});

await browser.close();
site.close();
suite.end("site");
