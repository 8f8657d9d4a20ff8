//! `H`: the HTML that would be published.

use super::{Code, Doc, Letter};

codes! { OUTPUT;
    THIRD_PARTY_REQUEST = Html 1 "a page that asks a third party for something",
        "Images, scripts, styles, fonts and frames come from the site itself. Loading them from elsewhere hands every reader's address to somebody else.",
        wrong "<img src=\"https://cdn.example/x.png\">", right "<img src=\"../static/x.1a2b.png\">";
    INLINE_CODE = Html 2 "inline script or style",
        "The site's Content-Security-Policy forbids inline script, style and event handlers; they would not work.",
        wrong "<p style=\"color:red\">", right "<p class=\"warn\">";
    DEAD_OUTPUT_LINK = Html 3 "a link to a file that is not written",
        "A template links to a page or file that the build does not make.",
        wrong "href=\"../vergliech/\"", right "href=\"../vergleich/\"";
    DUPLICATE_HTML_ID = Html 4 "one id twice on a page",
        "Two elements with one id: links and labels reach only the first.",
        wrong "<p id=\"a\"><p id=\"a\">", right "<p id=\"a\"><p id=\"b\">";
    IMAGE_WITHOUT_TEXT = Html 5 "an image without alternative text",
        "An image has `alt`: its content in words, or nothing if it only decorates (WCAG 2.2, 1.1.1).",
        wrong "<img src=\"x.png\">", right "<img src=\"x.png\" alt=\"\">";
    NO_LANGUAGE = Html 6 "a page without language",
        "Screen readers choose the voice by `<html lang>` (WCAG 2.2, 3.1.1).",
        wrong "<html>", right "<html lang=\"de\">";
    HEADING_ORDER = Html 7 "headings that are no outline",
        "A page has one heading of level 1, it comes first, and no level is skipped on the way down: readers with screen readers move by headings.",
        wrong "<h1>…</h1><h3>…</h3>", right "<h1>…</h1><h2>…</h2>";
    NO_DUTY_LINK = Html 8 "pages without a link to imprint or privacy policy",
        "Both must be easy to find from every page (§ 5 DDG, Art. 13 GDPR). The standard theme shows them where `navigation.footer` names them.",
        wrong "footer: []", right "footer: [{page: impressum, label: Impressum}, {page: datenschutz, label: Datenschutz}]";
    ORPHAN = Html 9 "a page that no other page leads to",
        "Readers could reach it only by its address. An article that is not listed needs a link in some text.",
        wrong "listed: false, and no link to it", right "[mehr](@/seite.md) in another article";
    MIXED_CASE = Html 10 "a link that differs from its file in upper and lower case",
        "On most hosts `Bild.png` and `bild.png` are two files: the link works on one machine and is dead on another.",
        wrong "href=\"../Bild.png\"", right "href=\"../bild.png\"";
}
