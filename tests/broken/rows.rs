const ROWS: &[Row] = &[
    Row { what: "a tab in YAML", edits: &[Replace(CLOUD, "variant: SaaS", "variant:\n\t- SaaS")], says: &[
            "vendors/beispiel-cloud.yaml:4:2: error[V001]: this is no valid YAML: tabs disallowed within this context (block indentation) (check the indentation (spaces, no tabs), and put texts with `: `, `#` or quotes in double quotes)",
        ] },
    Row { what: "an unknown key", edits: &[Replace(CLOUD, "    checked: 2026-01-01\n    confidence", "    cheked: 2026-01-01\n    confidence")], says: &[
            "vendors/beispiel-cloud.yaml:10:3: error[V004]: the key `checked` is missing here (add `checked:` with its value)",
            "vendors/beispiel-cloud.yaml:13:5: error[V002]: unknown key `cheked` (write `checked`)",
        ] },
    Row { what: "a key twice", edits: &[Replace(SITE, "language: de", "language: de\nlanguage: en")], says: &[
            "content/site.yaml:5:1: error[S003]: the key `language` stands here twice (remove one of the two)",
        ] },
    Row { what: "a wrong type and a wrong word in one file", edits: &[Replace(CLOUD, "status: active", "status: aktive"), Replace(CLOUD, "hardening:\n  - Schalten Sie die Verschlüsselung für alle Konten ein.", "hardening: Text")], says: &[
            "vendors/beispiel-cloud.yaml:4:9: error[V006]: `aktive` is not allowed here (write `active`)",
            "vendors/beispiel-cloud.yaml:30:12: error[V005]: expected a list, found a text (write `[a, b]` or one `- ` line an entry)",
        ] },
    Row { what: "a day that does not exist", edits: &[Replace(CLOUD, "reviewed: 2026-01-01", "reviewed: 2026-02-30")], says: &[
            "vendors/beispiel-cloud.yaml:8:11: error[V006]: `2026-02-30` is no day (write year, month and day as `2026-11-23`)",
        ] },
    Row { what: "an alias", edits: &[Replace(PROFILES, "label: Betrieb", "label: &b Betrieb")], says: &[
            "vendors/_profiles.yaml:3:15: error[K007]: the YAML is too deep, too long, or uses anchors or aliases (`&`, `*`) (write it out flat: at most 32 levels and 50000 values, without anchors and aliases)",
        ] },
    Row { what: "a file in another encoding", edits: &[Write("content/alt.md", b"---\ntitle: Gr\xfc\xdfe\n---\n")], says: &[
            "content/alt.md:2:10: error[A008]: the file is not UTF-8: byte 13 (0xfc) starts no character (save the file with the encoding UTF-8)",
        ] },
    Row { what: "a link out of the project", edits: &[Link("content/fremd.md", "/etc/hostname")], says: &[
            "content/fremd.md:1:1: error[A009]: the symbolic link leads out of the project (copy the file into the project)",
        ] },
    Row { what: "a link in a circle", edits: &[Link("content/kreis", "../content")], says: &[
            "content/kreis:1:1: error[S009]: the symbolic link leads in a circle (remove it or mend its permissions)",
        ] },
    Row { what: "no front matter", edits: &[Write("content/kahl.md", b"Nur Text\n")], says: &[
            "content/kahl.md:1:1: error[A010]: the article has no front matter (start the file with `---`, a line `title: …`, and a second `---`)",
        ] },
    Row { what: "front matter that is not closed", edits: &[Write("content/offen.md", b"---\ntitle: A\n")], says: &[
            "content/offen.md:1:1: error[A010]: the front matter is not closed (start the file with `---`, a line `title: …`, and a second `---`)",
        ] },
    Row { what: "two pages on one address", edits: &[Replace(ARTICLE, "weight: 2", "weight: 2\nslug: auswahl-in-drei-schritten")], says: &[
            "content/wer-ist-verantwortlich.md:7:7: error[A011]: the address `/auswahl-in-drei-schritten/` is taken already (give this article another `slug`)",
        ] },
    Row { what: "an article in the folder of translations", edits: &[Replace(SITE, "language: de", "language: de\nlanguages: {en: {title: Guide}}"), Write("content/en/a.md", b"---\ntitle: A\n---\n")], says: &[
            "content/en/a.md:1:1: error[A011]: `/en/` is the folder of translations (move the article to another folder; a translation lies beside its text as `name.en.md`)",
        ] },
    Row { what: "a translation into a language that the site does not have", edits: &[Write("content/wer-ist-verantwortlich.en.md", b"---\ntitle: A\n---\n")], says: &[
            "content/wer-ist-verantwortlich.en.md:1:1: error[A023]: `en` is no further language of the site (name it under `languages` in site.yaml; texts in the main language have no language in their name)",
        ] },
    Row { what: "a directive in a translation", edits: &[Replace(SITE, "language: de", "language: de\nlanguages: {en: {title: Guide}}"), Write("content/index.en.md", b"---\ntitle: A\n---\n\n{{<systems/>}}\n")], says: &[
            "content/index.en.md:5:1: error[A016]: `systems` stands in a translation (link to the page that shows it: translations take no directives)",
        ] },
    Row { what: "a language that there is not", edits: &[Replace(SITE, "language: de", "language: de\nlanguages: {fr: {title: Guide}}")], says: &[
            "content/site.yaml:5:13: error[S006]: `fr` is not allowed here (use one of `de`, `en`)",
        ] },
    Row { what: "the main language as a further one", edits: &[Replace(SITE, "language: de", "language: de\nlanguages: {de: {title: Leitfaden}}")], says: &[
            "content/site.yaml:5:13: error[S018]: `de` is the main language already (name further languages here, or remove the entry)",
        ] },
    Row { what: "a criterion without its translation", edits: &[Replace(SITE, "language: de", "language: de\nlanguages: {en: {title: Guide}}"), Replace(CRITERIA, "label: Technik}", "label: Technik, translations: {en: {label: Technology}}}")], says: &[
            "vendors/_criteria.yaml:7:10: error[K018]: `vertrag_und_sitz` is not translated into `en` (add it under `translations: {en: …}`; groups and criteria are translated all or none)",
            "vendors/_criteria.yaml:10:9: error[K018]: `vertrag` is not translated into `en` (add it under `translations: {en: …}`; groups and criteria are translated all or none)",
            "vendors/_criteria.yaml:24:9: error[K018]: `verschluesselung` is not translated into `en` (add it under `translations: {en: …}`; groups and criteria are translated all or none)",
            "vendors/_criteria.yaml:39:9: error[K018]: `sitz` is not translated into `en` (add it under `translations: {en: …}`; groups and criteria are translated all or none)",
            "vendors/_criteria.yaml:52:9: error[K018]: `betrieb` is not translated into `en` (add it under `translations: {en: …}`; groups and criteria are translated all or none)",
            "vendors/_criteria.yaml:64:9: error[K018]: `nachweise` is not translated into `en` (add it under `translations: {en: …}`; groups and criteria are translated all or none)",
        ] },
    Row { what: "two introductions of one page", edits: &[Write("content/start.md", b"---\ntitle: A\nslug: index\n---\n")], says: &[
            "content/index.md:1:1: error[A011]: the page `/` has an introduction already (give this article another `slug`)",
        ] },
    Row { what: "a file over a page", edits: &[Write("content/static/404.HTML", b"x")], says: &[
            "content/static/404.HTML:1:1: error[A011]: `content/static/404.HTML` would be written over `404.html` (rename the file)",
        ] },
    Row { what: "an unknown footnote", edits: &[Replace(ARTICLE, "entscheidet.[^1]", "entscheidet.[^3]")], says: &[
            "content/wer-ist-verantwortlich.md:11:60: error[A012]: the footnote `3` is referred to, but not defined (add a line `[^3]: text`, or write `\\[` if the brackets are text)",
            "content/wer-ist-verantwortlich.md:13:1: warning[A013]: the footnote `1` is defined, but nothing refers to it (write `[^1]` where it belongs, or remove it)",
        ] },
    Row { what: "raw HTML", edits: &[Replace(ARTICLE, "## Zwei Rollen", "<b>Zwei</b> Rollen")], says: &[
            "content/wer-ist-verantwortlich.md:9:1: warning[A014]: the HTML tag `<b>` is dropped, the text between tags stays (write it in Markdown, or allow it in site.yaml by `markdown: {raw_html: true}`)",
        ] },
    Row { what: "a directive without quotes", edits: &[Replace(ARTICLE, "{{<systems/>}}", "{{<fact vendor=beispiel-cloud criterion=\"vertrag\"/>}}")], says: &[
            "content/wer-ist-verantwortlich.md:16:9: error[A015]: the value of `vendor` is not in double quotes (write `vendor=\"…\"`)",
        ] },
    Row { what: "an unknown directive", edits: &[Replace(ARTICLE, "{{<systems/>}}", "{{<fakt vendor=\"beispiel-cloud\" criterion=\"vertrag\"/>}}")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: error[A016]: there is no directive `fakt` (write `fact`)",
        ] },
    Row { what: "a directive about an unknown card", edits: &[Replace(ARTICLE, "{{<systems/>}}", "{{<fact vendor=\"beispiel-clod\" criterion=\"vertrag\"/>}}")], says: &[
            "content/wer-ist-verantwortlich.md:16:9: error[A017]: `vendor` names `beispiel-clod`, which does not exist (write `beispiel-cloud`)",
        ] },
    Row { what: "a directive without a needed argument", edits: &[Replace(ARTICLE, "{{<systems/>}}", "{{<fact vendor=\"beispiel-cloud\"/>}}")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: error[A017]: `fact` needs the argument `criterion` (add `criterion=\"…\"`)",
        ] },
    Row { what: "a directive with an unknown argument", edits: &[Replace(ARTICLE, "{{<systems/>}}", "{{<fact vendor=\"beispiel-cloud\" criterion=\"vertrag\" farbe=\"rot\"/>}}")], says: &[
            "content/wer-ist-verantwortlich.md:16:53: error[A017]: `fact` has no argument `farbe` (use one of `criterion`, `vendor`)",
        ] },
    Row { what: "a directive in a card", edits: &[Replace(CLOUD, "note: Erfundenes Beispiel.", "note: Siehe {{<term name=\"Selbstbetrieb\"/>}}.")], says: &[
            "vendors/beispiel-cloud.yaml:12:17: error[A016]: `term` stands in a YAML text (use directives in articles only)",
        ] },
    Row { what: "a heading of level 1", edits: &[Replace(ARTICLE, "## Zwei Rollen", "# Zwei Rollen")], says: &[
            "content/wer-ist-verantwortlich.md:9:1: error[A018]: found a heading of level 1 in the text, expected level 2 or lower (start it with `##`; the page's title is the only heading of level 1)",
        ] },
    Row { what: "an alert that is only a quote", edits: &[Replace(ARTICLE, "{{<systems/>}}", "> [!NOTE] Text")], says: &[
            "content/wer-ist-verantwortlich.md:16:3: warning[A019]: text follows `[!NOTE]` on its line, so this is only a quote (leave `> [!NOTE]` alone on its line)",
        ] },
    Row { what: "an anchor twice", edits: &[Replace(ARTICLE, "{{<systems/>}}", "## A {#x}\n\n## B {#x}")], says: &[
            "content/wer-ist-verantwortlich.md:18:1: error[A020]: the id `x` stands here a second time (choose another id)",
        ] },
    Row { what: "a picture that was cut off", edits: &[Write("content/static/bild.png", b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x03\x84\x00\x00\x02X\x08\x02\x00\x00\x00\xb5\xa7\xbf\x8c\x00\x00\x0f\xa0IDATxx"), Replace(ARTICLE, "{{<systems/>}}", "![Ein Bild](bild.png)")], says: &[
            "content/static/bild.png:1:1: error[A025]: `bild.png` begins like a picture, but cannot be read (save it again as PNG or JPEG)",
        ] },
    Row { what: "an image without text", edits: &[Write("content/static/bild.png", b"x"), Replace(ARTICLE, "{{<systems/>}}", "![](bild.png)")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: error[A022]: the image has no alternative text (say between `![` and `]` what the image shows)",
        ] },
    Row { what: "an image that is not there", edits: &[Write("content/static/bild.png", b"x"), Replace(ARTICLE, "{{<systems/>}}", "![Ein Bild](bidl.png)")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: error[L001]: there is no file `bidl.png` in content/static (write `bild.png`)",
        ] },
    Row { what: "a file name that is no address", edits: &[Write("content/Über uns.md", b"---\ntitle: A\n---\n")], says: &[
            "content/Über uns.md:1:1: error[A023]: `Über uns` cannot be part of an address (rename it to `ueber-uns`)",
        ] },
    Row { what: "a slug that is none", edits: &[Replace(ARTICLE, "weight: 2", "weight: 2\nslug: Größe")], says: &[
            "content/wer-ist-verantwortlich.md:7:7: error[A006]: `Größe` is no slug (use small letters, digits and single hyphens, for example `zoom-x`)",
        ] },
    Row { what: "an unknown template", edits: &[Replace(ARTICLE, "weight: 2", "weight: 2\ntemplate: artikl.html")], says: &[
            "content/wer-ist-verantwortlich.md:7:11: error[A024]: the theme has no template `artikl.html` (name a file of the theme's templates folder, or remove the key)",
        ] },
    Row { what: "a card whose name is no address", edits: &[Write("vendors/Zoom X.yaml", b"name: A\nproduct: a\nvariant: B\nstatus: active\nprovider: {name: A, country: DE, parent_country: DE}\nwebsite: https://example.org\nsummary: A\nreviewed: 2026-01-01\nfacts: {}\n")], says: &[
            "vendors/Zoom X.yaml:1:1: error[V010]: `Zoom X.yaml` is no address (rename the file to `zoom-x.yaml`)",
        ] },
    Row { what: "an unknown criterion", edits: &[Replace(CLOUD, "  verschluesselung:", "  verschlüsselung:")], says: &[
            "vendors/beispiel-cloud.yaml:17:3: error[V011]: there is no criterion `verschlüsselung` (write `verschluesselung`)",
        ] },
    Row { what: "an unknown value", edits: &[Replace(CLOUD, "value: ja", "value: jaa")], says: &[
            "vendors/beispiel-cloud.yaml:11:12: error[V012]: `vertrag` has no value `jaa` (write `ja`)",
        ] },
    Row { what: "a list where one value belongs", edits: &[Replace(CLOUD, "value: ja", "value: [ja]")], says: &[
            "vendors/beispiel-cloud.yaml:11:12: error[V012]: `vertrag` takes one value, not a list (write one value without brackets)",
        ] },
    Row { what: "a fact without a value", edits: &[Replace(CLOUD, "    value: ja\n", "")], says: &[
            "vendors/beispiel-cloud.yaml:10:3: error[V004]: the key `value` is missing in `vertrag` (add `value:`, or write `value: unknown`)",
        ] },
    Row { what: "a value for a derived criterion", edits: &[Replace(CLOUD, "facts:\n", "facts:\n  sitz: {value: DE, checked: 2026-01-01}\n")], says: &[
            "vendors/beispiel-cloud.yaml:10:17: error[V013]: `sitz` is computed by the catalogue (remove `value:`; note and sources may stay as evidence)",
        ] },
    Row { what: "a value that needs limits", edits: &[Replace(CLOUD, "    limits: Nicht im Browser.\n", "")], says: &[
            "vendors/beispiel-cloud.yaml:17:3: error[V014]: `verschluesselung` needs `limits` for this value (add `limits:` and say what the value does not cover)",
        ] },
    Row { what: "a fact without a source", edits: &[Replace(CLOUD, "    sources:\n      - {url: \"https://example.org/vertrag\", title: \"Beispiel: Vertrag\", kind: anbieter, date: undated}\n", "")], says: &[
            "vendors/beispiel-cloud.yaml:10:3: error[V015]: `vertrag` has a value but no source (add a source, or write `value: unknown`)",
        ] },
    Row { what: "an unknown kind of source", edits: &[Replace(CLOUD, "kind: anbieter", "kind: anbiter")], says: &[
            "vendors/beispiel-cloud.yaml:16:80: error[V016]: there is no kind of source `anbiter` (write `anbieter`)",
        ] },
    Row { what: "a check in the future", edits: &[Replace(CLOUD, "    checked: 2026-01-01\n    confidence", "    checked: 2126-01-01\n    confidence")], says: &[
            "vendors/beispiel-cloud.yaml:13:14: error[V017]: this check lies in the future: 2126-01-01 is after 2026-11-25 (write the day on which it happened)",
        ] },
    Row { what: "a country that is no code", edits: &[Replace(CLOUD, "country: US, parent", "country: USA, parent")], says: &[
            "vendors/beispiel-cloud.yaml:5:40: error[V006]: `USA` is no country code (write two capital letters of ISO 3166-1, for example `DE`)",
        ] },
    Row { what: "a country fact that is no code", edits: &[Replace(CRITERIA, "    role: strong\n    derive: [{from: provider.country}]", "    role: strong"), Replace(CLOUD, "facts:\n", "facts:\n  sitz: {value: Deutschland, checked: 2026-01-01, confidence: low, sources: [{url: \"https://example.org\", title: A, kind: behoerde, date: 2026}]}\n")], says: &[
            "vendors/beispiel-cloud.yaml:10:17: error[V018]: `Deutschland` is no country code (write two capital letters of ISO 3166-1, for example `DE`)",
        ] },
    Row { what: "changes in the wrong order", edits: &[Replace(CLOUD, "hardening:", "changes:\n  - {date: 2025-01-01, why: A}\n  - {date: 2026-01-01, why: B}\nhardening:")], says: &[
            "vendors/beispiel-cloud.yaml:32:12: error[V019]: this change is newer than the one above it (keep the newest change first)",
        ] },
    Row { what: "a criterion twice", edits: &[Replace(CRITERIA, "  - id: nachweise\n    slug: nachweise", "  - id: betrieb\n    slug: nachweise")], says: &[
            "vendors/_criteria.yaml:64:9: error[K010]: `betrieb` is taken already (choose another name or remove one of the two)",
        ] },
    Row { what: "an unknown group", edits: &[Replace(CRITERIA, "    group: technik\n    label: Nachweise", "    group: tecnik\n    label: Nachweise")], says: &[
            "vendors/_criteria.yaml:66:12: error[K011]: there is no group `tecnik` (write `technik`)",
        ] },
    Row { what: "a profile about an unknown criterion", edits: &[Replace(PROFILES, "criterion: betrieb", "criterion: betreib")], says: &[
            "vendors/_profiles.yaml:9:21: error[K012]: there is no criterion `betreib` (write `betrieb`)",
        ] },
    Row { what: "values for a text", edits: &[Replace(CRITERIA, "    type: list\n", "    type: list\n    values: [{id: a, label: A, light: green}]\n")], says: &[
            "vendors/_criteria.yaml:64:9: error[K013]: a criterion of type text or list has no `values` (remove the values, or make it `type: choice` or `type: choices`)",
        ] },
    Row { what: "a rule about an unknown value", edits: &[Replace(CRITERIA, "    limits_required: [optional]", "    limits_required: [optinal]")], says: &[
            "vendors/_criteria.yaml:38:23: error[K014]: `verschluesselung` has no value `optinal` (write `optional`)",
        ] },
    Row { what: "a rule that rests on itself", edits: &[Replace(CRITERIA, "derive: [{from: provider.country}]", "derive: [{when: {sitz: [DE]}, value: EWR}]")], says: &[
            "vendors/_criteria.yaml:39:9: error[K015]: the rules of `sitz` rest on themselves (let derived criteria rest on criteria that the cards fill in)",
        ] },
    Row { what: "a decision aid with unknown criteria and values, a doubled question, a need without values", edits: &[
            Replace(DECISION, "filters: [betrieb, verschluesselung, sitz]", "filters: [betreib, nachweise, sitz]"),
            Replace(DECISION, "{criterion: betrieb, any: [selbst]}", "{criterion: betrieb, any: [selber]}"),
            Replace(DECISION, "  - id: muss\n", "  - id: betreiber\n"),
            Replace(DECISION, "{criterion: verschluesselung, any: [immer]}", "{criterion: verschluesselung}"),
        ], says: &[
            "vendors/_decision.yaml:2:11: error[K012]: there is no criterion `betreib` (write `betrieb`)",
            "vendors/_decision.yaml:2:20: error[K017]: a filter needs a criterion with `values` (name a criterion of type choice, choices or country)",
            "vendors/_decision.yaml:11:44: error[K014]: `betrieb` has no value `selber` (write `selbst`)",
            "vendors/_decision.yaml:13:9: error[K010]: `betreiber` is taken already (choose another name or remove one of the two)",
            "vendors/_decision.yaml:19:29: error[K017]: a need has neither or both of `any` and `all` (list the values that are good enough under `any` or under `all`)",
        ] },
    Row { what: "a profile in which nothing counts", edits: &[Replace(PROFILES, "      - {criterion: betrieb, role: medium,", "      - {criterion: sitz, role: info, because: A}\n      - {criterion: betrieb, role: medium,")], says: &[
            "vendors/_profiles.yaml:5:9: error[K016]: nothing counts in the profile `verein` (let at least one criterion be a gate and one be strong)",
        ] },
    Row { what: "a menu entry that leads nowhere", edits: &[Replace(SITE, "page: glossar", "page: glosar")], says: &[
            "content/site.yaml:12:14: error[S010]: there is no page `glosar` (write `glossar`)",
        ] },
    Row { what: "a base address without scheme", edits: &[Replace(SITE, "https://leitfaden.example/", "leitfaden.example")], says: &[
            "content/site.yaml:3:11: error[S011]: `leitfaden.example` cannot be the site's address (write it in full with a slash at its end, for example `https://leitfaden.example/`)",
        ] },
    Row { what: "a term that the glossary does not have", edits: &[Replace(GLOSSARY, "    law: [Art. 28 Abs. 3 DSGVO]", "    see: [Selbstbetreib]")], says: &[
            "content/glossary.yaml:8:11: error[S013]: there is no term `Selbstbetreib` (write `Selbstbetrieb`)",
        ] },
    Row { what: "a legal event about an unknown criterion", edits: &[Write("content/law.yaml", b"events:\n  - {date: 2026-01-01, title: A, text: B, status: in_force, sources: [], affects: [{criterion: vertag}]}\n")], says: &[
            "content/law.yaml:2:96: error[S014]: there is no criterion `vertag` (write `vertrag`)",
        ] },
    Row { what: "a site without content", edits: &[Remove(CLOUD), Remove("vendors/beispiel-server.yaml"), Remove(ARTICLE), Remove("content/auswahl-in-drei-schritten.md"), Remove("content/index.md"), Write(SITE, b"title: A\nbase_url: https://a.example/\nlanguage: de\nstage: demo\n")], says: &[
            "content/site.yaml:1:1: error[S015]: there is neither an article nor a card (add an article to content/ or a card to vendors/, `leitfaden new` writes stubs)",
        ] },
    Row { what: "a missing configuration", edits: &[Remove(SITE)], says: &[
            "content/site.yaml:1:1: error[S016]: there is no content/site.yaml (run `leitfaden init DIR` for a new site, or name the project's folder with --root)",
        ] },
    Row { what: "a missing catalogue", edits: &[Remove(PROFILES)], says: &[
            "vendors/beispiel-cloud.yaml:1:1: error[S016]: there are cards, but no profiles in vendors/_profiles.yaml (copy the one that `leitfaden init` writes)",
        ] },
    Row { what: "a dead link", edits: &[Replace(ARTICLE, "## Zwei Rollen", "## Zwei [Rollen](@/auswahl-in-drei-schriten.md)")], says: &[
            "content/wer-ist-verantwortlich.md:9:9: error[L001]: there is nothing at `@/auswahl-in-drei-schriten.md` (write `@/auswahl-in-drei-schritten.md`)",
        ] },
    Row { what: "a dead anchor", edits: &[Replace(ARTICLE, "## Zwei Rollen", "## Zwei [Rollen](@/auswahl-in-drei-schritten.md#bedarf-klaren)")], says: &[
            "content/wer-ist-verantwortlich.md:9:9: error[L002]: the page has no anchor `#bedarf-klaren` (write `#bedarf-klaeren`)",
        ] },
    Row { what: "a link reference that is not defined", edits: &[Replace(ARTICLE, "## Zwei Rollen", "## Zwei [Rollen][rollen]")], says: &[
            "content/wer-ist-verantwortlich.md:9:9: error[L003]: the link refers to `rollen`, which is not defined (add a line `[rollen]: address`, or write `\\[` if the brackets are text)",
        ] },
    Row { what: "a link to a draft", edits: &[Write("content/entwurf.md", b"---\ntitle: A\ndraft: true\n---\n"), Replace(ARTICLE, "## Zwei Rollen", "## Zwei [Rollen](@/entwurf.md)")], says: &[
            "content/wer-ist-verantwortlich.md:9:9: error[L004]: `entwurf.md` is a draft (remove the link or publish the draft)",
        ] },
    Row { what: "a link that runs a script", edits: &[Replace(ARTICLE, "## Zwei Rollen", "## Zwei [Rollen](javascript:alert%281%29)")], says: &[
            "content/wer-ist-verantwortlich.md:9:9: error[L005]: `javascript:alert%281%29` is no link that can be published (write `@/datei.md`, `@/vendors/name.yaml`, `@/criteria/id`, `#anchor` or a full `https://` address)",
        ] },
    Row { what: "a template that cannot be read", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/law.html", b"{% if site %}\n")], says: &[
            "themes/eigen/templates/law.html:1:14: error[T010]: unexpected end of input (see themes/README.md for what a template can use here)",
        ] },
    Row { what: "a template that names what is not there", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<p>{{ sit.title }}</p>\n")], says: &[
            "themes/eigen/templates/not_found.html:1:7: error[T011]: variable `sit` is not defined. Available variables: page, site (see themes/README.md for what a template can use here)",
        ] },
    Row { what: "a template that wants an unknown text", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<p>{{ t(key=\"ratng.green\") }}</p>\n")], says: &[
            "themes/eigen/templates/not_found.html:1:7: error[T012]: the language file has no text `ratng.green` (add it to the theme's i18n folder, in every language)",
        ] },
    Row { what: "a theme file that overrides nothing", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/matrx.html", b"<p>x</p>\n")], says: &[
            "themes/eigen/templates/matrx.html:1:1: warning[T013]: `matrx.html` replaces no template of the standard theme (write `matrix.html`)",
        ] },
    Row { what: "a theme that does not exist", edits: &[Replace(SITE, "language: de", "language: de\ntheme: standart")], says: &[
            "content/site.yaml:5:8: error[T014]: there is no theme `standart` (write `standard`)",
        ] },
    Row { what: "a theme for another contract", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/theme.yaml", b"name: eigen\ncontract: 9\n")], says: &[
            "themes/eigen/theme.yaml:2:11: error[T015]: the theme was written for contract 9, this is contract 1 (compare the templates with themes/README.md, then write the new number)",
        ] },
    Row { what: "a fact that is overdue", edits: &[Replace(CRITERIA, "    limits_required: [optional]", "    limits_required: [optional]\n    max_age_days: 30")], says: &[
            "vendors/beispiel-cloud.yaml:17:3: warning[F001]: the check of `verschluesselung` counted until 2026-01-31 (look at the sources again, then set `checked` to that day)",
            "vendors/beispiel-server.yaml:17:3: warning[F001]: the check of `verschluesselung` counted until 2026-01-31 (look at the sources again, then set `checked` to that day)",
        ] },
    Row { what: "a review that is overdue", edits: &[Replace(ARTICLE, "date: 2026-01-01", "date: 2026-01-01\nreview_by: 2026-06-01")], says: &[
            "content/wer-ist-verantwortlich.md:5:12: warning[F002]: the article had to be looked at again by 2026-06-01 (look at it again, then set the next day)",
        ] },
    Row { what: "a fact that a later event touches", edits: &[Write("content/law.yaml", b"events:\n  - {date: 2026-02-01, title: Neues Urteil, text: B, status: in_force, sources: [], affects: [{criterion: vertrag, value: ja}]}\n")], says: &[
            "vendors/beispiel-cloud.yaml:10:3: warning[F003]: `vertrag` was checked before “Neues Urteil” (2026-02-01) (look at the fact again in the light of the event, then set `checked`)",
        ] },
    Row { what: "a confidence that the sources cannot carry", edits: &[Replace(CLOUD, "confidence: medium", "confidence: high")], says: &[
            "vendors/beispiel-cloud.yaml:10:3: warning[F004]: the sources of `vertrag` carry at most confidence `medium` (write `confidence: medium`, or add a source of another kind)",
        ] },
    Row { what: "a page that asks a third party", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<img alt=x src=\"https://cdn.example/x.png\">\n")], says: &[
            "themes/eigen/templates/not_found.html:2:17: error[H001]: the page would fetch `https://cdn.example/x.png` (put the file into content/static or the theme's static folder)",
        ] },
    Row { what: "inline style", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<p style=\"color:red\">x</p>\n")], says: &[
            "themes/eigen/templates/not_found.html:2:11: error[H002]: `style` on `<p>` (use a class)",
        ] },
    Row { what: "evidence of the comparison that asks a third party and links nowhere", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/evidence.html", b"<img alt=x src=\"https://cdn.example/x.png\">\n<a href=\"nix.html\">x</a>\n")], says: &[
            "themes/eigen/templates/evidence.html:1:17: error[H001]: the page would fetch `https://cdn.example/x.png` (put the file into content/static or the theme's static folder)",
            "themes/eigen/templates/evidence.html:2:10: error[H003]: `nix.html` leads to `vergleich/nix.html`, which is not written (link to a page or anchor that exists)",
        ] },
    Row { what: "a dead link in a template", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<a href=\"vergliech/index.html\">x</a>\n")], says: &[
            "themes/eigen/templates/not_found.html:2:10: error[H003]: `vergliech/index.html` leads to `vergliech/index.html`, which is not written (link to a page or anchor that exists)",
        ] },
    Row { what: "an id twice", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<p id=a>x</p><p id=a>x</p>\n")], says: &[
            "404.html:2:1: error[H004]: the id `a` stands on the page twice (give one of the two another id)",
        ] },
    Row { what: "two YAML documents", edits: &[Replace(GLOSSARY, "terms:", "a: 1\n---\nterms:")], says: &[
            "content/glossary.yaml:3:1: error[S001]: the file holds more than one YAML document (remove the second `---` and what follows)",
        ] },
    Row { what: "an empty YAML file", edits: &[Write(GLOSSARY, b"")], says: &[
            "content/auswahl-in-drei-schritten.md:12:9: error[A017]: `name` names `Selbstbetrieb`, which does not exist (there is nothing to name yet, add it first)",
            "content/glossary.yaml:1:1: error[S005]: expected a mapping, found nothing (fill in a value or remove the key)",
        ] },
    Row { what: "a merge key", edits: &[Replace(SITE, "freshness: {", "freshness: {<<: {a: 1}, ")], says: &[
            "content/site.yaml:21:13: error[S007]: aliases (`*`) and merge keys (`<<`) are not read (write the values out)",
        ] },
    Row { what: "a value that is nothing", edits: &[Replace(CLOUD, "variant: SaaS", "variant:")], says: &[
            "vendors/beispiel-cloud.yaml:3:8: error[V005]: expected a text, found nothing (fill in a value or remove the key)",
        ] },
    Row { what: "a list that is nothing", edits: &[Replace(CLOUD, "hardening:\n  - Schalten Sie die Verschlüsselung für alle Konten ein.", "hardening:")], says: &[
            "vendors/beispiel-cloud.yaml:30:10: error[V005]: expected a list, found nothing (write `[]` or remove the key)",
        ] },
    Row { what: "a yes-or-no value that is neither", edits: &[Replace(ARTICLE, "weight: 2", "draft: ja")], says: &[
            "content/wer-ist-verantwortlich.md:6:8: error[A005]: expected a yes-or-no value, found a text (write `true` or `false`)",
        ] },
    Row { what: "an address that is none", edits: &[Replace(CLOUD, "https://example.org/vertrag", "example.org/vertrag")], says: &[
            "vendors/beispiel-cloud.yaml:16:15: error[V006]: `example.org/vertrag` is no address of the web (write it in full, starting with `https://`)",
        ] },
    Row { what: "a source date that is none", edits: &[Replace(CLOUD, "date: undated", "date: neulich")], says: &[
            "vendors/beispiel-cloud.yaml:16:96: error[V006]: `neulich` is no date (write `2026-11-23`, `2026-11`, `2026` or `undated`)",
        ] },
    Row { what: "an identifier that is none", edits: &[Replace(PROFILES, "id: verein", "id: Verein")], says: &[
            "vendors/_profiles.yaml:5:9: error[K006]: `Verein` is no slug (use small letters, digits and single hyphens, for example `zoom-x`)",
        ] },
    Row { what: "an event date that is none", edits: &[Write("content/law.yaml", b"events:\n  - {date: bald, title: A, text: B, status: in_force, sources: []}\n")], says: &[
            "content/law.yaml:2:12: error[S006]: `bald` is no date (write `2026-11-23`, `2026-11` or `2026`)",
        ] },
    Row { what: "a file name with a line break", edits: &[Write("content/a\nb.md", b"x")], says: &[
            "content/a_b.md:1:1: error[A009]: the file's name has a backslash or a control character (rename it with letters, digits and hyphens)",
        ] },
    Row { what: "a footnote nobody refers to", edits: &[Replace(ARTICLE, "handelt, braucht", "handelt[^9], braucht"), Replace(ARTICLE, "{{<systems/>}}", "[^9]: A\n\n[^9]: B")], says: &[
            "content/wer-ist-verantwortlich.md:18:1: warning[A013]: the footnote `9` is defined twice, only the first is printed (remove one of the two)",
        ] },
    Row { what: "a block of HTML", edits: &[Replace(ARTICLE, "{{<systems/>}}", "<div>\nText\n</div>")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: warning[A014]: the block of HTML is dropped with everything in it (write it in Markdown, or allow it in site.yaml by `markdown: {raw_html: true}`)",
        ] },
    Row { what: "half a directive", edits: &[Replace(ARTICLE, "{{<systems/>}}", "Text {{<systems")], says: &[
            "content/wer-ist-verantwortlich.md:16:6: error[A015]: `{{<` is not followed by a directive (write `{{<name key=\"value\"/>}}`, or `\\{{<` if it is meant as text)",
        ] },
    Row { what: "an unknown alert", edits: &[Replace(ARTICLE, "{{<systems/>}}", "> [!HINWEIS]\n> Text")], says: &[
            "content/wer-ist-verantwortlich.md:16:3: warning[A019]: `HINWEIS` is no kind of alert, so this is only a quote (use one of `NOTE`, `TIP`, `IMPORTANT`, `WARNING`, `CAUTION`)",
        ] },
    Row { what: "a link to nothing near", edits: &[Replace(ARTICLE, "## Zwei Rollen", "## Zwei [Rollen](@/ganz/woanders/)")], says: &[
            "content/wer-ist-verantwortlich.md:9:9: error[L001]: there is nothing at `@/ganz/woanders/` (name an article (`@/datei.md`), a card (`@/vendors/name.yaml`), a criterion (`@/criteria/id`) or a page (`@/vergleich/`))",
        ] },
    Row { what: "an anchor of its own that is not there", edits: &[Replace(ARTICLE, "## Zwei Rollen", "## Zwei [Rollen](#rolle)")], says: &[
            "content/wer-ist-verantwortlich.md:9:9: error[L002]: the page has no anchor `#rolle` (use one of `#zwei-rollen`)",
        ] },
    Row { what: "an image from elsewhere", edits: &[Replace(ARTICLE, "{{<systems/>}}", "![Bild](https://cdn.example/bild.png)")], says: &[
            "content/wer-ist-verantwortlich.md:16:1: error[L005]: `https://cdn.example/bild.png` is no link that can be published (put the image into content/static and name it there)",
        ] },
    Row { what: "a change about an unknown criterion", edits: &[Replace(CLOUD, "hardening:", "changes:\n  - {date: 2026-01-01, criterion: vertag, why: A}\nhardening:")], says: &[
            "vendors/beispiel-cloud.yaml:31:35: error[V011]: there is no criterion `vertag` (write `vertrag`)",
        ] },
    Row { what: "a change in the future", edits: &[Replace(CLOUD, "hardening:", "changes:\n  - {date: 2126-01-01, why: A}\nhardening:")], says: &[
            "vendors/beispiel-cloud.yaml:31:12: error[V017]: this change lies in the future: 2126-01-01 is after 2026-11-25 (write the day on which it happened)",
        ] },
    Row { what: "a review in the future", edits: &[Replace(CLOUD, "reviewed: 2026-01-01", "reviewed: 2126-01-01")], says: &[
            "vendors/beispiel-cloud.yaml:8:11: error[V017]: this review lies in the future: 2126-01-01 is after 2026-11-25 (write the day on which it happened)",
        ] },
    Row { what: "one text where a list belongs", edits: &[Replace(CLOUD, "facts:\n", "facts:\n  nachweise: {value: ISO, checked: 2026-01-01, confidence: low, sources: [{url: \"https://example.org\", title: A, kind: behoerde, date: 2026}]}\n")], says: &[
            "vendors/beispiel-cloud.yaml:10:22: error[V012]: `nachweise` takes a list (write it in brackets: `[…]`)",
        ] },
    Row { what: "a list where one text belongs", edits: &[Replace(CRITERIA, "type: list", "type: text"), Replace(CLOUD, "facts:\n", "facts:\n  nachweise: {value: [ISO], checked: 2026-01-01, confidence: low, sources: [{url: \"https://example.org\", title: A, kind: behoerde, date: 2026}]}\n")], says: &[
            "vendors/beispiel-cloud.yaml:10:22: error[V012]: `nachweise` takes one text, not a list (write one text without brackets)",
        ] },
    Row { what: "an empty list of values", edits: &[Replace(CRITERIA, "    label: Betriebsmodell\n    short: Betrieb\n    question: Wer betreibt die Software?\n    explanation: Wer selbst betreibt, entscheidet selbst über Ort und Zugriff.\n    type: choice", "    label: Betriebsmodell\n    question: Wer?\n    explanation: A\n    type: choices"), Replace(CLOUD, "    value: anbieter", "    value: []"), Replace("vendors/beispiel-server.yaml", "    value: selbst", "    value: [selbst]")], says: &[
            "vendors/beispiel-cloud.yaml:25:12: error[V012]: `betrieb` takes at least one value (write a value, or `value: unknown`)",
        ] },
    Row { what: "a fact without confidence", edits: &[Replace(CLOUD, "    confidence: medium\n", "")], says: &[
            "vendors/beispiel-cloud.yaml:10:3: error[V015]: `vertrag` has a value but no confidence (add `confidence: high`, `medium` or `low`)",
        ] },
    Row { what: "a criterion without values", edits: &[Replace(CRITERIA, "type: list", "type: choice")], says: &[
            "vendors/_criteria.yaml:64:9: error[K013]: a criterion of this type needs `values` (list the values, or make it `type: text` or `type: list`)",
        ] },
    Row { what: "a value called unknown", edits: &[Replace(CRITERIA, "{id: optional, label: zuschaltbar", "{id: unknown, label: zuschaltbar"), Replace(CRITERIA, "    limits_required: [optional]\n", ""), Replace(CLOUD, "value: optional", "value: unknown")], says: &[
            "vendors/_criteria.yaml:35:14: error[K013]: `unknown` is reserved for what nobody has settled (remove it: every criterion can be unknown)",
        ] },
    Row { what: "a rule that gives nothing", edits: &[Replace(CRITERIA, "derive: [{from: provider.country}]", "derive: [{from: provider.country}, {when: {}}]")], says: &[
            "vendors/_criteria.yaml:39:9: error[K013]: a rule of `sitz` has neither or both of `from` and `value` (write `{from: provider.country}` or `{when: {…}, value: …}`)",
        ] },
    Row { what: "a rule about an unknown criterion", edits: &[Replace(CRITERIA, "derive: [{from: provider.country}]", "derive: [{from: provider.county}]")], says: &[
            "vendors/_criteria.yaml:51:21: error[K012]: there is no criterion `provider.county` (write `provider.country`)",
        ] },
    Row { what: "a profile twice", edits: &[Replace(PROFILES, "id: verein", "id: betrieb")], says: &[
            "vendors/_profiles.yaml:5:9: error[K010]: `betrieb` is taken already (choose another name or remove one of the two)",
        ] },
    Row { what: "a term twice", edits: &[Replace(GLOSSARY, "term: Auftragsverarbeitungsvertrag", "term: Selbstbetrieb")], says: &[
            "content/glossary.yaml:5:11: error[K010]: the term `Selbstbetrieb` stands here twice (put both definitions into one entry)",
        ] },
    Row { what: "a legal event about an unknown value", edits: &[Write("content/law.yaml", b"events:\n  - {date: 2026-01-01, title: A, text: B, status: in_force, sources: [], affects: [{criterion: vertrag, value: jaa}]}\n")], says: &[
            "content/law.yaml:2:112: error[S014]: `vertrag` has no value `jaa` (write `ja`)",
        ] },
    Row { what: "an overdue legal event", edits: &[Write("content/law.yaml", b"events:\n  - {date: 2025-01-01, title: A, text: B, status: pending, sources: [], recheck: 2026-01-01}\n")], says: &[
            "content/law.yaml:2:82: warning[F002]: the legal event had to be looked at again by 2026-01-01 (look at it again, then set the next day)",
        ] },
    Row { what: "a template with an unknown filter", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"\n<p>{{ site.title | gross }}</p>\n")], says: &[
            "themes/eigen/templates/not_found.html:2:20: error[T010]: unknown filter `gross` (see themes/README.md for what a template can use here)",
        ] },
    Row { what: "an event handler", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<p onclick=\"x\">x</p><a href=\"javascript:x\">x</a>\n<script>x</script>\n<a href=\"#nix\">x</a>")], says: &[
            "themes/eigen/templates/not_found.html:2:4: error[H002]: the event handler `onclick` on `<p>` (use a script file)",
            "themes/eigen/templates/not_found.html:2:30: error[H002]: the address `javascript:x` (use a script file)",
            "themes/eigen/templates/not_found.html:3:1: error[H002]: an inline `<script>` (put it into a file of the theme's static folder)",
            "themes/eigen/templates/not_found.html:4:10: error[H003]: `#nix` leads to an anchor that `404.html` does not have (link to a page or anchor that exists)",
        ] },
    Row { what: "a notice that links to no page", edits: &[Replace(NEWSLETTER, "imprint: impressum", "imprint: impresum")], says: &[
            "content/newsletter.yaml:17:62: error[S010]: there is no page `impresum` (write `impressum`)",
        ] },
    Row { what: "unknown in a list", edits: &[Replace(CLOUD, "facts:\n", "facts:\n  nachweise: {value: [unknown], checked: 2026-01-01}\n")], says: &[
            "vendors/beispiel-cloud.yaml:10:3: error[V015]: `nachweise` has a value but no source (add a source, or write `value: unknown`)",
            "vendors/beispiel-cloud.yaml:10:23: error[V012]: `unknown` stands in a list (write `value: unknown` without brackets)",
        ] },
    Row { what: "a rule about an unknown country", edits: &[Replace(CRITERIA, "derive: [{from: provider.country}]", "derive: [{when: {provider.country: [EWRR]}, value: EWR}]")], says: &[
            "vendors/_criteria.yaml:51:41: error[K014]: `provider.country` is never `EWRR` (write `EWR`)",
        ] },
    Row { what: "a rule about an unknown status", edits: &[Replace(CRITERIA, "derive: [{from: provider.country}]", "derive: [{when: {card.status: [aktiv]}, value: EWR}]")], says: &[
            "vendors/_criteria.yaml:51:36: error[K014]: `card.status` is never `aktiv` (write `active`)",
        ] },
    Row { what: "a page that sends its reader elsewhere", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<base href=\"/\">\n<form action=\"https://evil.example/\"></form>\n")], says: &[
            "themes/eigen/templates/not_found.html:2:1: error[H001]: `<base>` sends the reader elsewhere (remove it; `redirects` in site.yaml sends readers of old addresses on)",
            "themes/eigen/templates/not_found.html:3:15: error[H001]: a form would be sent to `https://evil.example/` (send forms to the provider of content/newsletter.yaml only)",
        ] },
    Row { what: "a style sheet that asks a third party", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/static/reading.css", b"@import url(https://fonts.example/a.css);\n")], says: &[
            "themes/eigen/static/reading.css:1:1: error[H001]: the style sheet would fetch `https://fonts.example/a.css` (put the file into the theme's static folder)",
        ] },
    Row { what: "a file in the place of a folder", edits: &[Write("content/static/vergleich", b"x")], says: &[
            "content/static/vergleich:1:1: error[A011]: `content/static/vergleich` would be written over `vergleich/betriebsmodell/anbieter/index.html` (rename the file)",
        ] },
    Row { what: "a card with another ending", edits: &[Write("vendors/zoom.yml", b"name: A\n")], says: &[
            "vendors/zoom.yml:1:1: warning[S017]: `zoom.yml` is not read (cards lie in vendors/ itself and end in `.yaml`)",
        ] },
    Row { what: "a misspelt file", edits: &[Write("content/glosary.yaml", b"terms: []\n")], says: &[
            "content/glosary.yaml:1:1: warning[S017]: `glosary.yaml` is not read (rename it to `content/glossary.yaml`)",
        ] },
    Row { what: "an image beside its article", edits: &[Write("content/bild.png", b"x")], says: &[
            "content/bild.png:1:1: warning[S017]: `bild.png` is not read (articles end in `.md`; put files to publish as they are into content/static)",
        ] },
    Row { what: "a control character", edits: &[Replace(ARTICLE, "Zwei Rollen", "Zwei \u{1}Rollen")], says: &[
            "content/wer-ist-verantwortlich.md:9:9: error[A006]: the character U+0001 is not allowed in texts (remove it)",
        ] },
    Row { what: "a control character written as an escape", edits: &[Replace(CLOUD, "variant: SaaS", "variant: \"Saa\\x01S\"")], says: &[
            "vendors/beispiel-cloud.yaml:3:10: error[V006]: a control character is not allowed in texts (remove it)",
        ] },
    Row { what: "a search that narrows down by no criterion", edits: &[Replace(SITE, "search: {enabled: true}", "search: {enabled: true, facets: [sitzz]}")], says: &[
            "content/site.yaml:22:34: error[V011]: there is no criterion `sitzz` (write `sitz`)",
        ] },
];
