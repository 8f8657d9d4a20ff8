//! `S` and `T`: the site's configuration and the theme.

use super::{Code, Doc, Letter};

codes! { SITE;
    UNKNOWN_PAGE = Site 10 "a menu entry that leads nowhere",
        "`page` is the address of a page of this site without slashes at its ends, for example `vergleich` or `systeme/zoom`.",
        wrong "page: vergleihc", right "page: vergleich";
    BAD_BASE_URL = Site 11 "a base address that cannot be used",
        "`base_url` is the address the site will have: https, a host, a path that ends in a slash.",
        wrong "base_url: leitfaden.example", right "base_url: https://leitfaden.example/";
    PLACEHOLDER = Site 12 "a placeholder that is not filled in",
        "`[[…]]` marks what somebody must still fill in. `stage: demo` allows it; with `stage: live` nothing is published until all are filled.",
        wrong "name: \"[[Name der Stelle]]\"", right "name: Muster GmbH";
    UNKNOWN_TERM = Site 13 "a term that the glossary does not have",
        "`see` and the `term` directive name terms of content/glossary.yaml.",
        wrong "see: [AVV-Vertrag]", right "see: [Auftragsverarbeitungsvertrag]";
    LAW_REFERENCE = Site 14 "a legal event about something unknown",
        "`affects` names a criterion of the catalogue and, if given, one of its values.",
        wrong "affects: [{criterion: dpf}]", right "affects: [{criterion: dpf_status}]";
    NO_PAGES = Site 15 "a site without content",
        "There is neither an article nor a card. A build of zero pages is never what was meant.",
        wrong "content/ holds only site.yaml", right "content/start.md or vendors/beispiel.yaml";
    MISSING_FILE = Site 16 "a required file is missing",
        "The site needs content/site.yaml; with cards it needs vendors/_criteria.yaml and vendors/_profiles.yaml.",
        wrong "vendors/zoom.yaml alone", right "vendors/zoom.yaml, vendors/_criteria.yaml, vendors/_profiles.yaml";
    UNREAD_FILE = Site 17 "a file that nobody reads",
        "Cards lie in vendors/ itself and end in `.yaml`, articles end in `.md`, and files to publish as they are lie in content/static. Anything else would be missing on the site without a word.",
        wrong "vendors/zoom.yml", right "vendors/zoom.yaml";
    MAIN_LANGUAGE = Site 18 "a further language that is the main one",
        "`language` is the language of everything that is not translated; `languages` names those beside it. Texts in the main language have no language in their file names.",
        wrong "language: de\nlanguages: {de: {title: Leitfaden}}", right "language: de\nlanguages: {en: {title: Guide}}";
    REDIRECT_FROM = Site 30 "an old address that cannot be redirected",
        "An alias and a `from` are a path below `base_url`: letters, digits, `-`, `.`, `_`, `~` and `/`, without host, query and anchor. No part may begin with a dot.",
        wrong "aliases: [\"artikel.php?id=7\"]", right "aliases: [alt/artikel.html]";
    REDIRECT_CLASH = Site 31 "an old address that is taken",
        "An old address can lead to one place only, and a page or a file of today keeps its address. Small and capital letters count as the same, because some hosts do not tell them apart.",
        wrong "aliases: [vergleich]", right "aliases: [vergleich-2024]";
    REDIRECT_TO = Site 32 "a redirect that leads nowhere",
        "`to` is the address of a page or a file of this site; its anchor, if any, must be one of that page.",
        wrong "redirects: [{from: alt, to: vergleihc}]", right "redirects: [{from: alt, to: vergleich}]";
    NO_SECURITY_TXT = Site 33 "a site without security.txt",
        "`/.well-known/security.txt` (RFC 9116) tells who is to be told of a weakness. It needs `publisher.email` and a site at the root of its host.",
        wrong "email: \"[[E-Mail-Adresse]]\"", right "email: stelle@leitfaden.example";
    OWN_HOST_FILE = Site 34 "a host file of your own",
        "content/static holds a file that would otherwise be generated. Yours is published as it is: keep its headers as strict as the generated ones, which the preview goes on to show.",
        wrong "content/static/_headers", right "no such file, and `hosts: [netlify]` in site.yaml";
    HOST_LIMIT = Site 35 "something the host cannot do",
        "`leitfaden check --host NAME` says what would be missing there, as far as it can be known without asking the host.",
        wrong "redirects on GitHub Pages", right "a host that reads `_redirects`, `.htaccess` or a configuration of `leitfaden deploy`";

    THEME_SYNTAX = Theme 10 "a template that cannot be read",
        "The template breaks the rules of Tera 2.",
        wrong "{% if x %}", right "{% if x %}…{% endif %}";
    THEME_RENDER = Theme 11 "a template that cannot be rendered",
        "The template uses a name that does not exist here, or gives a function the wrong values.",
        wrong "{{ systm.name }}", right "{{ system.name }}";
    THEME_TEXT = Theme 12 "a text that the theme's language file does not have",
        "`t(key=…)` names a text of themes/<theme>/i18n/<language>.yaml.",
        wrong "t(key=\"ratng\")", right "t(key=\"rating\")";
    THEME_UNUSED = Theme 13 "a theme file that overrides nothing",
        "The file has the name of no file of the standard theme and no template uses it: probably a slip.",
        wrong "themes/eigen/templates/mattrix.html", right "themes/eigen/templates/matrix.html";
    THEME_MISSING = Theme 14 "a theme that does not exist",
        "`theme` in site.yaml is `standard` or a folder in themes/.",
        wrong "theme: standart", right "theme: standard";
    THEME_CONTRACT = Theme 15 "a theme for another contract version",
        "`contract` in theme.yaml says for which version of the template contract the theme was written.",
        wrong "contract: 9", right "contract: 1";
}
