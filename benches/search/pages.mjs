// Pages to measure with: sections of the guide's own articles first, then German manual pages (Debian's package
// `manpages-de`) cut into pieces of about 200 words with a heading in the middle.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const plain = (text) => text.replace(/\{\{<.*?\/>\}\}/gs, "").replace(/\[\^[^\]]*\](:.*)?/g, "").replace(/^> \[!\w+\]/gm, "")
  .replace(/\]\([^)]*\)/g, "").replace(/[[\]<>{}*_`|#\\~^$]/g, " ").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\ufffd]/g, " ").replace(/[ \t]+/g, " ").replace(/^[ \t>=+-]+/gm, "").trim();

/** Every section of the guide's articles as a page: `{title, parts: [[heading, text]]}`. */
const guide = (root) => readdirSync(join(root, "content")).filter((name) => name.endsWith(".md")).sort().flatMap((name) => {
  const [, , ...rest] = readFileSync(join(root, "content", name), "utf8").split(/^---$/m);
  const [, ...sections] = rest.join("").split(/^## /m);
  return sections.map((section) => {
    const [head, ...lines] = section.split("\n");
    return { title: plain(head.replace(/\{#.*\}/, "")), parts: [["", plain(lines.join("\n"))]] };
  }).filter((page) => page.parts[0][1].split(/\s+/).length > 40);
});

const roff = (text) => text.replace(/^[.'].*$/gm, "").replace(/\\f\[?.\]?/g, "").replace(/\\\((..)/g, " ").replace(/\\[-&,/|^e ~]/g, (m) => m === "\\-" ? "-" : "").replace(/\\./g, "");

// Untranslated sentences may stand in a quotation only.
const quoted = (words) => `> ${words.join(" ")}`;

const manual = (folder, count) => {
  const pages = [];
  for (const section of readdirSync(folder).filter((name) => /^man\d$/.test(name)).sort()) {
    for (const name of readdirSync(join(folder, section)).sort()) {
      if (pages.length >= count) return pages;
      const words = plain(roff(gunzipSync(readFileSync(join(folder, section, name))).toString("utf8"))).split(/\s+/).filter((word) => !/:\/\/|www\.|@/.test(word));
      // Many pages need more text than there is: then the pieces overlap.
      for (let at = 0; at + 120 < words.length && pages.length < count; at += count > 5000 ? 130 : 200) {
        const [title, heading] = [words.slice(at, at + 6), words.slice(at + 106, at + 110)].map((part) => part.join(" ").replace(/[:.,;"]/g, ""));
        pages.push({ title: `${name.replace(/\.\d.*$/, "")}: ${title}`, parts: [["", quoted(words.slice(at, at + 106))], [heading, quoted(words.slice(at + 106, at + 200))]] });
      }
    }
  }
  return pages;
};

/** `count` pages. */
export const pages = (root, manuals, count) => {
  const own = guide(root).slice(0, count);
  return [...own, ...(own.length < count ? manual(manuals, count - own.length) : [])];
};

// Without links to these a site is not built.
const DUTIES = ["impressum", "datenschutz", "barrierefreiheit"];

/** Writes a project of these pages; `search` says whether it has a search. */
export const project = (folder, list, search) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "content"), { recursive: true });
  writeFileSync(join(folder, "content/site.yaml"), `title: Messung\nbase_url: https://messung.example/\nlanguage: de\nstage: demo\nlinks: {allow: [example.org]}\nsearch: {enabled: ${search}}\nnavigation:\n  footer: [${DUTIES.map((page) => `{page: ${page}, label: ${page}}`).join(", ")}]\n`);
  writeFileSync(join(folder, "content/index.md"), "---\ntitle: Messung\n---\nText.\n");
  list.forEach(({ title, parts }, at) => {
    const body = parts.map(([heading, text]) => `${heading && `## ${heading}\n\n`}${text}\n`).join("\n");
    writeFileSync(join(folder, `content/seite-${at}.md`), `---\ntitle: ${JSON.stringify(title)}\ntoc: false\n---\n${body}`);
  });
};
