//! `A` and `L`: articles and links.

use super::{Code, Doc, Letter};

codes! { TEXTS;
NO_FRONT_MATTER = Article 10 "an article without front matter",
        "An article starts with a line `---`, YAML with at least `title`, and a second line `---`.",
        wrong "Ein Text", right "---\ntitle: Ein Titel\n---\nEin Text";
    SHARED_ROUTE = Article 11 "two pages on one address",
        "Two inputs would be written to the same address, and one would be lost. Addresses that differ only in upper and lower case count as one, because some hosts cannot tell them apart.",
        wrong "content/avv.md and content/x.md with `slug: avv`", right "content/x.md with `slug: avv-muster`";
    FOOTNOTE_UNDEFINED = Article 12 "a footnote that is not defined",
        "A reference `[^name]` needs a definition `[^name]: …` in the same article.",
        wrong "Das gilt.[^1]", right "Das gilt.[^1]\n\n[^1]: Art. 28 DSGVO";
    FOOTNOTE_UNUSED = Article 13 "a footnote that nobody refers to",
        "The note would not be printed. Refer to it or remove it.",
        wrong "[^1]: Art. 28 DSGVO", right "Das gilt.[^1]\n\n[^1]: Art. 28 DSGVO";
    RAW_HTML = Article 14 "raw HTML was dropped",
        "HTML in articles is a way to smuggle things in, so tags are dropped; the text between them stays. `markdown.raw_html: true` in site.yaml allows it.",
        wrong "<b>wichtig</b>", right "**wichtig**";
    DIRECTIVE_SYNTAX = Article 15 "a directive that cannot be read",
        "A directive is written `{{<name key=\"value\"/>}}`, with double quotes around every value.",
        wrong "{{<fact vendor=zoom/>}}", right "{{<fact vendor=\"zoom\" criterion=\"avv\"/>}}";
    DIRECTIVE_UNKNOWN = Article 16 "a directive that nobody knows",
        "The theme has no component of this name.",
        wrong "{{<fakt vendor=\"zoom\" criterion=\"avv\"/>}}", right "{{<fact vendor=\"zoom\" criterion=\"avv\"/>}}";
    DIRECTIVE_ARGUMENT = Article 17 "an argument that does not fit the directive",
        "An argument is missing, unknown, or names a card, criterion, term or profile that does not exist.",
        wrong "{{<fact vendor=\"zom\" criterion=\"avv\"/>}}", right "{{<fact vendor=\"zoom\" criterion=\"avv\"/>}}";
    SECOND_H1 = Article 18 "a heading of level 1 in the text",
        "The page's title is its only heading of level 1. Start with `##`.",
        wrong "# Überschrift", right "## Überschrift";
    ALERT_SYNTAX = Article 19 "an alert that is only a quote",
        "The marker `[!NOTE]` stands alone on its line and is one of NOTE, TIP, IMPORTANT, WARNING, CAUTION.",
        wrong "> [!NOTE] Text", right "> [!NOTE]\n> Text";
    ANCHOR_TWICE = Article 20 "one anchor for two headings",
        "An anchor `{#name}` can lead to one place only.",
        wrong "## A {#x}\n## B {#x}", right "## A {#x}\n## B {#y}";
    IMAGE_WITHOUT_ALT = Article 22 "an image without alternative text",
        "People who do not see the image need its content in words (WCAG 2.2, 1.1.1).",
        wrong "![](bild.png)", right "![Der Warteraum ist eingeschaltet](bild.png)";
    BAD_SLUG = Article 23 "an address that is no slug",
        "Slugs, file names of articles and aliases use small letters, digits and hyphens, so that they work on every host.",
        wrong "slug: Größe", right "slug: groesse";
    UNKNOWN_TEMPLATE = Article 24 "a template that the theme does not have",
        "`template` names a file in the theme's `templates` folder.",
        wrong "template: artikl.html", right "template: article.html";
    BROKEN_PICTURE = Article 25 "a picture that cannot be read",
        "The file has the beginning of a PNG or JPEG, but not its end: it was cut off or changed on its way.",
        wrong "content/static/bild.png (half of it)", right "content/static/bild.png (saved again)";

    DEAD_LINK = Link 1 "a link to something that does not exist",
        "`@/` links lead to articles, cards, criteria or pages of this site; files are named as they lie in content/static.",
        wrong "[Vertrag](@/avvv.md)", right "[Vertrag](@/avv.md)";
    DEAD_ANCHOR = Link 2 "a link to an anchor that does not exist",
        "The page is there, but has no heading or note with this anchor.",
        wrong "[Rollen](@/avv.md#role)", right "[Rollen](@/avv.md#rollen)";
    UNDEFINED_REFERENCE = Link 3 "a link reference that is not defined",
        "`[text][name]` needs a line `[name]: address` in the same article.",
        wrong "[Gesetz][dsgvo]", right "[Gesetz][dsgvo]\n\n[dsgvo]: https://eur-lex.europa.eu/";
    DRAFT_LINK = Link 4 "a link to a draft",
        "The target will not be published, so the link would be dead.",
        wrong "[bald](@/entwurf.md)", right "(no link until the draft is published)";
    LINK_SCHEME = Link 5 "a link that is neither inside nor https",
        "Links lead to `@/…`, `#anchor`, `https://`, `http://`, `mailto:` or `tel:`; anything else (javascript:, data:, //host, a bare relative path) is refused.",
        wrong "[x](javascript:alert(1))", right "[x](https://example.org/)";
    LINK_GONE = Link 10 "a link to a page elsewhere that is gone",
        "`leitfaden check --external` asked: the server says that the page is not there, or nobody has the name of the host. The help names where a copy of that day would lie; nobody was asked whether there is one.",
        wrong "url: https://example.org/gelöscht", right "url: https://web.archive.org/web/20240203/https://example.org/gelöscht";
    LINK_MOVED = Link 11 "a link to a page elsewhere that has moved for good",
        "The server sends every visitor to another address and says that this will stay so (301, 308). Some servers send all old addresses to their start: read what stands there first.",
        wrong "url: http://example.org/alt", right "url: https://example.org/neu";
    LINK_UNVERIFIED = Link 12 "a link to a page elsewhere that could not be verified",
        "The server refuses programs (403, 429), wants money (402), fails (5xx) or does not answer in time. That says nothing about the page: a remark, never an error.",
        wrong "(a server that answers programs with 403)", right "(somebody looked at it in a browser)";
}
