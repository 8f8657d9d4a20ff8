/// Legal events, and a name that is no longer in force.
const OBSOLETE: &str = "events: []\nobsolete:\n  - {name: TMG, until: 2024-05-14, now: das DDG, sources: [{url: \"https://example.org/ddg\", title: DDG, kind: anbieter, date: undated}]}\n";

/// Injected content and output that would be wrong, in a table of its own.
const INTEGRITY_ROWS: &[Row] = &[
    Row { what: "a link to an unknown host", edits: &[Replace(ARTICLE, "{{<systems/>}}", "Mehr [hier](https://spam.example/x).")], says: &[
            "content/wer-ist-verantwortlich.md:16:6: error[I001]: no card, source or setting knows the host `spam.example` (remove the link; if it is meant, add the page to the article's `sources`, or `spam.example` to `links.allow` in site.yaml)",
        ] },
    Row { what: "an advert in another language", edits: &[Replace(ARTICLE, "{{<systems/>}}", "Patients overprice caring an limited maturity and may cause the effect for a valid credibility or the Internet of a anorectic to the study.")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: error[I002]: this text is in English, not in the language of the page (remove it; if it is meant, set it as a quote (`> …`) or in quotation marks)",
        ] },
    Row { what: "a character without width", edits: &[Replace(CLOUD, "name: Beispiel Cloud", "name: \"Beispiel\\u200b Cloud\"")], says: &[
            "vendors/beispiel-cloud.yaml:1:16: error[I003]: the character U+200B cannot be seen (remove it; `&shy;` marks where a word may be broken)",
        ] },
    Row { what: "a heading that is hidden", edits: &[Replace(ARTICLE, "{{<systems/>}}", "## Apotheke {.vh}")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: error[I004]: the class `vh` hides the heading from readers (remove the class)",
        ] },
    Row { what: "a source at a host with a foreign letter", edits: &[Replace(CLOUD, "website: https://example.org/", "website: https://ex\u{430}mple.org/")], says: &[
            "vendors/beispiel-cloud.yaml:6:10: error[I005]: `exаmple.org` holds the letter `а` (U+0430) (write the host with plain letters, or name it in `links.allow`)",
        ] },
    Row { what: "a link that says another host", edits: &[Replace(ARTICLE, "{{<systems/>}}", "Mehr: [www.bund.de](https://example.org/).")], says: &[
            "content/wer-ist-verantwortlich.md:16:7: error[I006]: the text of the link names `bund.de`, but it leads to `example.org` (let text and target name the same host)",
        ] },
    Row { what: "a shortened link", edits: &[Replace(ARTICLE, "{{<systems/>}}", "Mehr: [Seite](https://bit.ly/3abcdef).")], says: &[
            "content/wer-ist-verantwortlich.md:16:7: error[I007]: `bit.ly` hides where the link leads (link to the page itself)",
        ] },
    Row { what: "a user name before the host", edits: &[Replace(ARTICLE, "{{<systems/>}}", "Mehr: [Seite](https://example.org@spam.example/).")], says: &[
            "content/wer-ist-verantwortlich.md:16:7: error[I008]: `example.org@spam.example` is no plain host (write only the host between `//` and the path)",
        ] },
    Row { what: "a link that is passed on", edits: &[Replace(ARTICLE, "{{<systems/>}}", "Mehr: [Seite](https://example.org/go?url=https://spam.example/).")], says: &[
            "content/wer-ist-verantwortlich.md:16:7: error[I009]: the address is passed on to `spam.example` (link to that page itself)",
        ] },
    Row { what: "a pile of links", edits: &[
            Replace(SITE, "language: de", "language: de\nlinks: {allow: [\"*.example.net\"]}"),
            Replace(ARTICLE, "{{<systems/>}}", "[a](https://a.example.net/) [b](https://b.example.net/) [c](https://c.example.net/) [d](https://d.example.net/)"),
        ], says: &[
            "content/wer-ist-verantwortlich.md:16:1: error[I010]: 4 links to 4 hosts with hardly a word between them (put each link into a list entry of its own, or the sources into footnotes)",
        ] },
    Row { what: "an image without words in a template", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<h1>x</h1><img src=\"robots.txt\">\n")], says: &[
            "themes/eigen/templates/not_found.html:2:21: error[H005]: `<img>` has no `alt` (say in `alt` what the image shows, or write `alt=\"\"` if it only decorates)",
        ] },
    Row { what: "a page without language", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html><title>x</title>\n<h1>x</h1>\n")], says: &[
            "themes/eigen/templates/not_found.html:1:16: error[H006]: the page does not say its language (write `<html lang=\"…\">` in the template)",
        ] },
    Row { what: "a level of headings that is skipped", edits: &[Replace(ARTICLE, "{{<systems/>}}", "#### Zu tief")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: warning[H007]: a heading of level 4 follows one of level 2 (start with one heading of level 1, and go down one level at a time; it shows on `wer-ist-verantwortlich/index.html`, line …)",
        ] },
    Row { what: "no imprint in the foot", edits: &[Replace(SITE, "    - {page: impressum, label: Impressum}\n", "")], says: &[
            "content/site.yaml:11:3: error[H008]: 29 pages have no link to `/impressum/`, for example `index.html` (name the page in `navigation.footer` of site.yaml; it shows on `index.html`, line …)",
        ] },
    Row { what: "an article that nothing leads to", edits: &[Write("content/versteckt.md", b"---\ntitle: V\nlisted: false\n---\n\nText.\n")], says: &[
            "content/versteckt.md:3:1: warning[H009]: no page leads to `/versteckt/` (link to it, or list it; it shows on `versteckt/index.html`, line …)",
        ] },
    Row { what: "a link in other letters than its file", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<h1>x</h1><a href=\"Robots.txt\">x</a>\n")], says: &[
            "themes/eigen/templates/not_found.html:2:20: error[H010]: `Robots.txt` leads to `Robots.txt`, but the file is called `robots.txt` (link to a page or anchor that exists)",
        ] },
    Row { what: "a template that leads to an unknown host", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<h1>x</h1>\n<p><a href=\"https://spam.example/\">x</a>\n")], says: &[
            "themes/eigen/templates/not_found.html:3:13: error[I001]: no card, source or setting knows the host `spam.example` (remove the link; if it is meant, add the page to the article's `sources`, or `spam.example` to `links.allow` in site.yaml)",
        ] },
    Row { what: "an image that runs a script", edits: &[Write("content/static/bild.svg", b"<svg>\n<script>x</script></svg>")], says: &[
            "content/static/bild.svg:2:1: error[H002]: an inline `<script>` (put it into a file of the theme's static folder)",
        ] },
    Row { what: "a script that names another host", edits: &[Write("content/static/mehr.js", b"\nfetch('https://count.example/')")], says: &[
            "content/static/mehr.js:2:1: error[H001]: the script names `https://count.example/` (load everything from the site itself; the pages' policy refuses other hosts)",
        ] },
    Row { what: "an obsolete law in an article", edits: &[Write("content/law.yaml", OBSOLETE.as_bytes()), Replace(ARTICLE, "{{<systems/>}}", "Die Pflicht folgt aus § 5 TMG. Bis 2024 galt § 6 TMG.")], says: &[
            "content/wer-ist-verantwortlich.md:16:27: warning[F005]: `TMG` is obsolete since 2024-05-14 (cite das DDG, or say in the sentence that it is past)",
        ] },
    Row { what: "a text larger than any book", edits: &[Grow("content/riesig.md", (8 << 20) + 1), Grow("content/static/riesig.md", (64 << 20) + 1)], says: &[
            "content/riesig.md:1:1: error[A009]: the file is larger than 8 MiB (split the text; what is only to be published belongs into content/static)",
            "content/static/riesig.md:1:1: error[A009]: the file is larger than 64 MiB (keep large files on another host)",
        ] },
];
