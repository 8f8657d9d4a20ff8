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
}
