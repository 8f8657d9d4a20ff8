// The newsletter's form at each provider, sent by a real browser without script. Usage: node forms.mjs BINARY
// For each provider a small guide is made and built by the binary. Its pages come from loopback, and so does a stand-in for
// every provider: Chromium resolves their names to it. Redirects are real, so the policy's `form-action` is in force for them too.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { Suite, serve } from "./harness.mjs";

const binary = resolve(process.argv[2] ?? "");
if (!process.argv[2]) throw new Error("name the leitfaden binary");
const TODAY = "2026-11-25";
const READER = "leserin@example.org";

// What an editor gives for each provider, and what must arrive; `VERSION` is the version of the notice and its hash.
const U = "0123456789abcdef012345678", ID = "0123456789", LIST = "eb420c55-4cfb-4972-92ba-c93c34ba475d";
const VERSION = /^v1:[0-9a-f]{12}$/;
const PROVIDERS = {
  mailchimp: {
    form: { action: `https://konto.us1.list-manage.com/subscribe/post?u=${U}&id=${ID}`, consent_field: "gdpr[1]" },
    arrives: { EMAIL: READER, [`b_${U}_${ID}`]: "", CONSENTVER: VERSION, "gdpr[1]": "Y", subscribe: "1" },
    trap: `b_${U}_${ID}`,
  },
  brevo: {
    form: { action: "https://1a2b3c4d.sibforms.com/serve/MUIFAAb_c-d" },
    arrives: { EMAIL: READER, email_address_check: "", CONSENT_VERSION: VERSION, locale: "de", html_type: "simple", OPT_IN: "1" },
    trap: "email_address_check",
  },
  cleverreach: {
    form: { action: "https://eu.cleverreach.com/f/12345-67890/wcs/", version_field: "324007" },
    arrives: { email: READER, 324007: VERSION },
  },
  rapidmail: {
    form: { action: "https://t1a2b3c4d.emailsys1a.net/123/4567/89abcdef/subscribe/form.html", honeypot: "rm_email", version_field: "extra1" },
    arrives: { email: READER, rm_email: "", extra1: VERSION },
    trap: "rm_email",
  },
  listmonk: {
    form: { action: "https://listen.verein.example/subscription/form", hidden: { l: LIST } },
    arrives: { email: READER, nonce: "", l: LIST },
  },
  keila: {
    form: { action: "https://keila.verein.example/forms/nfrm_1a2b3c" },
    arrives: { "contact[email]": READER, "h[url]": "", "contact[data][consent_version]": VERSION },
    trap: "h[url]",
  },
  mautic: {
    form: { action: "https://mautic.verein.example/form/submit?formId=3", hidden: { "mauticform[formName]": "newsletter" } },
    confirmed: { by: "self", evidence: "Kampagne 12 im Konto" },
    arrives: {
      "mauticform[email]": READER, "mauticform[consent_version]": VERSION, "mauticform[formId]": "3", "mauticform[return]": "",
      "mauticform[formName]": "newsletter", "mauticform[submit]": "1",
    },
  },
  buttondown: {
    form: { action: "https://buttondown.com/api/emails/embed-subscribe/konto" },
    arrives: { email: READER, embed: "1", metadata__consent_version: VERSION },
  },
  mailerlite: {
    form: { action: "https://assets.mailerlite.com/jsonp/123/forms/456/subscribe" },
    arrives: { "fields[email]": READER, "fields[consent_version]": VERSION, "ml-submit": "1", anticsrf: "true" },
  },
  sendy: {
    form: { action: "https://sendy.verein.example/subscribe", hidden: { list: "Kq7hX2" }, version_field: "Einwilligung" },
    arrives: { email: READER, hp: "", Einwilligung: VERSION, subform: "yes", list: "Kq7hX2", gdpr: "true" },
    trap: "hp",
  },
};
const THANKS = "https://danke.verein.example/";

/** The record of a notice; JSON is YAML too. */
function notice(provider, { form, confirmed = { by: "provider" } }, extra = []) {
  const effect = "Was bis zum Widerruf geschehen ist, bleibt rechtmäßig.";
  return JSON.stringify({
    notices: [{
      id: "newsletter", version: 1, valid_from: "2026-01-01", language: "de",
      controller: { name: "Verein [[Muster]]", postal: "Musterweg 1", email: "verein@example.org" },
      purpose: { topics: ["neue und geänderte Bewertungen"], frequency: "einmal im Monat", is_advertising: true },
      channels: ["email"],
      data: [{ name: "E-Mail-Adresse", required: true, why: "An sie geht der Newsletter." }],
      legal_basis: ["Art. 6 Abs. 1 lit. a DSGVO", "§ 7 Abs. 2 Nr. 2 UWG"],
      processor: { brand: "Versand", legal_entity: "Versand GmbH", country: "DE", privacy_url: "https://example.org/datenschutz" },
      double_opt_in: { ...confirmed, confirmed: "2026-11-01", purge_unconfirmed_days: 30 },
      tracking: { opens: false, clicks: false, separate_consent: false },
      withdrawal: { email: "widerruf@example.org", in_every_mail: true, effect },
      retention: { subscription: "Bis zum Widerruf.", proof_years: 3, why: "Nachweis (Art. 7 Abs. 1 DSGVO)." },
      coupling: "none",
      links: { privacy_policy: "datenschutz#newsletter", imprint: "impressum" },
      statement: "Ich möchte vom Verein [[Muster]] einmal im Monat per E-Mail über neue und geänderte Bewertungen lesen, was ich jederzeit widerrufen kann.",
      notice: [
        { title: "Wer", text: "Verantwortlich ist der Verein [[Muster]]; versendet wird durch Versand." },
        { title: "Übertragung", text: "Erst beim Absenden verbindet sich Ihr Browser mit dem Formularserver; dabei wird auch Ihre IP-Adresse übertragen." },
        { title: "Widerruf", text: `Jederzeit, mit dem Link in jeder E-Mail oder an widerruf@example.org. ${effect}` },
      ],
      button: "Newsletter abonnieren",
      form: { provider, ...form, extra_form_action: extra },
    }],
  });
}

const work = await mkdtemp(join(tmpdir(), "leitfaden-forms-"));

/** Makes and builds a guide; gives its folder of pages. */
async function site(name, text) {
  const root = join(work, name);
  execFileSync(binary, ["init", root], { stdio: "ignore" });
  await writeFile(join(root, "content/newsletter.yaml"), text);
  execFileSync(binary, ["build", "--root", root, "--today", TODAY, "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
  return join(root, "public");
}

// One certificate for all stand-ins; the browser is told to take it.
execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=stand-in",
  "-keyout", join(work, "key.pem"), "-out", join(work, "cert.pem")], { stdio: "ignore" });
const received = [];
let redirect = null;
const standIn = createServer({ key: await readFile(join(work, "key.pem")), cert: await readFile(join(work, "cert.pem")) }, (request, response) => {
  let body = "";
  request.on("data", (part) => { body += part; });
  request.on("end", () => {
    if (request.url !== "/favicon.ico") received.push({ method: request.method, host: request.headers.host, path: request.url, type: request.headers["content-type"], body });
    if (redirect && request.method === "POST") {
      response.writeHead(302, { location: redirect });
      response.end();
    } else {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end("<!doctype html><title>Danke</title><p>angekommen");
    }
  });
});
await new Promise((ready) => standIn.listen(0, "127.0.0.1", ready));

// Every name but this machine's own leads to the stand-in, so nothing can leave the machine and no request goes unseen.
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
    `--host-resolver-rules=MAP * 127.0.0.1:${standIn.address().port}, EXCLUDE 127.0.0.1`],
});
const suite = new Suite();

/** Opens the newsletter page without script and runs the check. */
async function visit(folder, run) {
  const pages = await serve(folder);
  const context = await browser.newContext({ javaScriptEnabled: false, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const foreign = [], console_ = [];
  page.on("request", (request) => { if (!request.url().startsWith(pages.origin)) foreign.push(request.url()); });
  page.on("console", (message) => console_.push(message.text()));
  received.length = 0;
  redirect = null;
  try {
    await page.goto(`${pages.origin}/newsletter/index.html`);
    await run({ page, foreign, console: console_, origin: pages.origin });
  } finally {
    await context.close();
    pages.close();
  }
}

const fill = (page) => page.fill("form[data-newsletter] input[type=email]", READER);
const tick = (page) => page.check("form[data-newsletter] input[type=checkbox]");
const press = (page) => page.click("form[data-newsletter] button[type=submit]", { noWaitAfter: true });
const refused = async (visitor) => {
  const deadline = Date.now() + 5000;
  while (!visitor.console.some((text) => /form-action/.test(text))) {
    assert.ok(Date.now() < deadline, `the policy's refusal is told: ${visitor.console.join(" | ")}`);
    await new Promise((again) => setTimeout(again, 20));
  }
};

for (const [provider, known] of Object.entries(PROVIDERS)) {
  const action = new URL(known.form.action);
  const folder = await site(provider, notice(provider, known));

  await suite.test(`${provider}: exactly its fields arrive, by POST, after consent`, () =>
    visit(folder, async (visitor) => {
      const { page } = visitor;
      const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
      assert.match(policy, new RegExp(`form-action 'self' https://${action.host.replaceAll(".", "\\.")};`));
      assert.equal(await page.isChecked("form[data-newsletter] input[type=checkbox]"), false, "the box is empty when the page loads");
      await fill(page);
      await press(page);
      assert.equal(await page.$eval("form[data-newsletter]", (form) => form.checkValidity()), false, "not valid without the box");
      assert.deepEqual([received, visitor.foreign], [[], []], "nothing is asked for elsewhere before it is sent, nor sent without the box");
      if (known.trap) {
        const trap = page.locator(`[name="${known.trap}"]`);
        assert.equal(await trap.evaluate((input) => Boolean(input.closest("[aria-hidden=true]")) && input.tabIndex === -1 && input.autocomplete === "off"), true, "the trap is out of the way");
      }
      await tick(page);
      await press(page);
      await page.getByText("angekommen").waitFor();
      assert.equal(received.length, 1);
      const [{ method, host, path, type, body }] = received;
      assert.deepEqual([method, host, path, type], ["POST", action.host, action.pathname + action.search, "application/x-www-form-urlencoded"]);
      const arrived = [...new URLSearchParams(body)];
      assert.deepEqual(arrived.map(([name]) => name).sort(), Object.keys(known.arrives).sort(), "the names of the fields");
      for (const [name, value] of arrived) {
        const expected = known.arrives[name];
        if (expected instanceof RegExp) assert.match(value, expected, name);
        else assert.equal(value, expected, name);
      }
    }));

  await suite.test(`${provider}: the version that arrives is the one in the archive`, () =>
    visit(folder, async ({ page, origin }) => {
      const field = Object.entries(known.arrives).find(([, value]) => value === VERSION)?.[0];
      const shown = await page.getAttribute("[data-consent]", "data-sha256");
      if (field) assert.equal(await page.getAttribute(`[name="${field}"]`, "value"), `v1:${shown.slice(0, 12)}`);
      await page.goto(`${origin}/einwilligung/v1/index.html`);
      assert.equal(await page.textContent("code.hash"), shown);
      assert.equal(await page.getAttribute("[data-consent]", "data-sha256"), shown);
    }));

  await suite.test(`${provider}: a redirect to a host that is not listed is refused`, () =>
    visit(folder, async (visitor) => {
      redirect = THANKS;
      await fill(visitor.page);
      await tick(visitor.page);
      await press(visitor.page);
      await refused(visitor);
      assert.deepEqual(received.map(({ host }) => host), [action.host], "only the provider was asked");
    }));
}

await suite.test("a redirect to a host in `extra_form_action` is followed", async () => {
  const folder = await site("redirect", notice("mailchimp", PROVIDERS.mailchimp, [THANKS]));
  await visit(folder, async ({ page }) => {
    redirect = THANKS;
    await fill(page);
    await tick(page);
    await press(page);
    await page.getByText("angekommen").waitFor();
    assert.deepEqual(received.map(({ method, host }) => [method, host]), [["POST", "konto.us1.list-manage.com"], ["GET", new URL(THANKS).host]]);
  });
});

await suite.test("a form that leads elsewhere than the policy says is not sent", async () => {
  const folder = await site("elsewhere", notice("mailchimp", PROVIDERS.mailchimp));
  const path = join(folder, "newsletter/index.html");
  await writeFile(path, (await readFile(path, "utf8")).replace('action="https://konto.us1.list-manage.com', 'action="https://evil.example'));
  await visit(folder, async (visitor) => {
    await fill(visitor.page);
    await tick(visitor.page);
    await press(visitor.page);
    await refused(visitor);
    assert.deepEqual([received, visitor.foreign], [[], []]);
  });
});

await suite.test("without a provider there is a mail with its subject, and the feed", async () => {
  const form = { action: "mailto:verein@example.org" };
  const folder = await site("mailto", notice("mailto", { form, confirmed: { by: "self" } }));
  await visit(folder, async ({ page }) => {
    assert.equal(await page.locator("form[method=post], input[type=email]").count(), 0, "no form");
    const mail = await page.getAttribute("main a.btn", "href");
    const shown = await page.getAttribute("[data-consent]", "data-sha256");
    assert.equal(mail.split("?")[0], form.action);
    assert.equal(new URLSearchParams(mail.split("?")[1]).get("subject"), `Newsletter abonnieren (Fassung 1, ${shown.slice(0, 12)})`);
    assert.ok(await page.locator('section.nl a[href$="aenderungen.xml"]').count(), "the feed needs no consent");
  });
});

await browser.close();
standIn.close();
await rm(work, { recursive: true, force: true });
suite.end("forms");
