//! Every code a finding can have, with the text that `leitfaden explain` prints.
//!
//! A code is the letter of what the editor edits and a number. Numbers 1 to 9
//! mean the same for every YAML file, so they are described once ([`YAML`]).

use std::fmt;

use super::path::SitePath;

/// A stable code such as `V012`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    letter: Letter,
    number: u16,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.letter.as_char(), self.number)
    }
}

/// What the editor edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letter {
    /// `A`: an article and its front matter.
    Article,
    /// `C`: the newsletter's consent notice.
    Consent,
    /// `F`: how fresh and how well sourced a fact is.
    Freshness,
    /// `H`: the HTML that would be published.
    Html,
    /// `K`: criteria and profiles.
    Criteria,
    /// `L`: a link.
    Link,
    /// `S`: the site's configuration, glossary and legal events.
    Site,
    /// `T`: the theme.
    Theme,
    /// `V`: a vendor card.
    Vendor,
}

impl Letter {
    /// The code with this letter and `number`.
    pub const fn code(self, number: u16) -> Code {
        Code { letter: self, number }
    }

    const fn as_char(self) -> char {
        match self {
            Self::Article => 'A',
            Self::Consent => 'C',
            Self::Freshness => 'F',
            Self::Html => 'H',
            Self::Criteria => 'K',
            Self::Link => 'L',
            Self::Site => 'S',
            Self::Theme => 'T',
            Self::Vendor => 'V',
        }
    }
}

/// The letter for findings about the file itself.
pub fn letter_of(path: &SitePath) -> Letter {
    let name = path.as_str();
    match name {
        "vendors/_criteria.yaml" | "vendors/_profiles.yaml" | "vendors/_decision.yaml" => Letter::Criteria,
        "content/newsletter.yaml" | "content/newsletter.lock" => Letter::Consent,
        _ if name.starts_with("vendors/") => Letter::Vendor,
        _ if name.starts_with("themes/") => Letter::Theme,
        _ if path.has_extension("md") => Letter::Article,
        _ => Letter::Site,
    }
}

/// What a code means, with a wrong and a right example.
#[derive(Clone, Copy, Debug)]
pub struct Doc {
    /// The code; for [`YAML`] any letter stands in front of the number.
    pub code: Code,
    /// What was found, in one line.
    pub title: &'static str,
    /// Why it matters and what to do.
    pub text: &'static str,
    /// An example that causes it.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
}

/// Finds the description of a code as the user typed it, upper or lower case.
pub fn explain(typed: &str) -> Option<&'static Doc> {
    let typed = typed.trim().to_uppercase();
    if let Some(doc) = DOCS.iter().find(|doc| doc.code.to_string() == typed) {
        return Some(doc);
    }
    let (letter, number) = typed.split_at_checked(1)?;
    let number: u16 = number.parse().ok()?;
    let reads_yaml = ["A", "C", "K", "S", "T", "V"].contains(&letter);
    YAML.iter().find(|doc| reads_yaml && doc.code.number == number)
}

macro_rules! codes {
    ($table:ident; $($name:ident = $letter:ident $number:literal $title:literal, $text:literal, wrong $wrong:literal, right $right:literal;)*) => {
        $(#[doc = $title] pub const $name: Code = Letter::$letter.code($number);)*
        /// Descriptions in the order of the table.
        pub const $table: &[Doc] = &[$(Doc { code: $name, title: $title, text: $text, wrong: $wrong, right: $right }),*];
    };
}

codes! { YAML;
    YAML_SYNTAX = Site 1 "the file is no valid YAML",
        "The text breaks the rules of YAML, so nothing after this place can be read. Most often a tab stands where spaces belong, or a text holds `: ` or `#` without quotes.",
        wrong "summary: Zoom: ein Dienst", right "summary: \"Zoom: ein Dienst\"";
    YAML_UNKNOWN_KEY = Site 2 "a key that nobody knows",
        "Only the keys of the format are read. A misspelt key would otherwise be lost without a word.",
        wrong "cheked: 2026-11-23", right "checked: 2026-11-23";
    YAML_DUPLICATE_KEY = Site 3 "the same key twice",
        "Two values for one key contradict each other; remove one of them.",
        wrong "name: A\nname: B", right "name: A";
    YAML_MISSING_KEY = Site 4 "a required key is missing",
        "The format requires this key. `leitfaden new` writes stubs with every required key.",
        wrong "name: Zoom", right "name: Zoom\nproduct: zoom";
    YAML_WRONG_TYPE = Site 5 "a value of the wrong kind",
        "A list was expected and a text found, or the other way round.",
        wrong "tags: Vertrag", right "tags: [Vertrag]";
    YAML_NOT_ALLOWED = Site 6 "a value that is not allowed here",
        "The value has the right kind, but is none of those that the format allows (a day that does not exist, an unknown word).",
        wrong "checked: 2026-02-30", right "checked: 2026-02-28";
    YAML_BUDGET = Site 7 "too large, too deep, or with anchors",
        "YAML is read up to 1 MiB, 32 levels and 50,000 values, without anchors and aliases: a small text could otherwise unfold into gigabytes.",
        wrong "a: &x 1\nb: *x", right "a: 1\nb: 1";
    NOT_UTF8 = Site 8 "the file is not UTF-8",
        "Texts are read as UTF-8 only. Choose that encoding when you save.",
        wrong "(a file saved as Windows-1252)", right "(the same file saved as UTF-8)";
    UNUSABLE_PATH = Site 9 "a file that cannot be used where it lies",
        "Symbolic links that lead out of the project, names that are not UTF-8 and names with control characters or backslashes are not read.",
        wrong "content/passwd.md -> /etc/passwd", right "content/passwort.md";
}

codes! { DOCS;
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

    CARD_NAME = Vendor 10 "a card whose file name is no slug",
        "The file name becomes the card's address: small letters, digits, hyphens.",
        wrong "vendors/Zoom X.yaml", right "vendors/zoom-x.yaml";
    UNKNOWN_CRITERION = Vendor 11 "a criterion that the catalogue does not have",
        "Facts and changes name criteria of vendors/_criteria.yaml by their id.",
        wrong "facts:\n  avvv: …", right "facts:\n  avv: …";
    UNKNOWN_VALUE = Vendor 12 "a value that the criterion does not have",
        "The value is none of those the catalogue lists for this criterion, or has the wrong kind for it. Write `unknown` if the sources do not settle the question.",
        wrong "value: vielleicht", right "value: unknown";
    DERIVED_VALUE = Vendor 13 "a value for a derived criterion",
        "The catalogue computes this criterion from others. A fact may give note and sources as evidence, but no value: two truths drift apart.",
        wrong "ekd_stufe: {value: \"1\", …}", right "ekd_stufe: {note: …, checked: …, sources: […]}";
    MISSING_LIMITS = Vendor 14 "limits are required for this value",
        "The catalogue requires `limits` here, because the value alone would promise too much (what end-to-end encryption switches off, for example).",
        wrong "value: optional", right "value: optional\nlimits: Nicht im Browser, keine Einwahl.";
    NO_SOURCE = Vendor 15 "a fact without source or confidence",
        "No source, no fact. A value needs at least one source and a confidence; without them write `value: unknown` or remove the fact.",
        wrong "value: ja", right "value: ja\nconfidence: medium\nsources: [{url: …, title: …, kind: anbieter, date: undated}]";
    UNKNOWN_SOURCE_KIND = Vendor 16 "a kind of source that the catalogue does not have",
        "`kind` is one of the `source_kinds` of vendors/_criteria.yaml; it decides how much a source can prove.",
        wrong "kind: blog", right "kind: fachbeitrag";
    FUTURE_DATE = Vendor 17 "a date that has not come yet",
        "A check or a change cannot lie after the day of the build.",
        wrong "checked: 2126-11-23", right "checked: 2026-11-23";
    UNKNOWN_COUNTRY = Vendor 18 "a country code that does not exist",
        "Countries are written as two capital letters of ISO 3166-1.",
        wrong "country: Deutschland", right "country: DE";
    CHANGES_ORDER = Vendor 19 "changes are not newest first",
        "The change log is read from the top; keep the newest entry first.",
        wrong "- {date: 2025-…}\n- {date: 2026-…}", right "- {date: 2026-…}\n- {date: 2025-…}";

    DUPLICATE_ID = Criteria 10 "one id or slug for two things",
        "Ids and slugs in the catalogue, the profiles and the glossary are unique.",
        wrong "- {id: avv, …}\n- {id: avv, …}", right "- {id: avv, …}\n- {id: avv_maengel, …}";
    UNKNOWN_GROUP = Criteria 11 "a group that is not declared",
        "`group` names one of the catalogue's `groups`.",
        wrong "group: vertag", right "group: vertrag";
    CATALOGUE_REFERENCE = Criteria 12 "a criterion that does not exist",
        "Rules and profiles name criteria by their id, or `provider.country`, `provider.parent_country`, `card.status`.",
        wrong "when: {e2e: [nein]}", right "when: {e2ee: [nein]}";
    CATALOGUE_VALUES = Criteria 13 "values that do not fit the type",
        "`choice`, `choices` and `country` need `values`; `text` and `list` have none. `unknown` is reserved.",
        wrong "type: text\nvalues: […]", right "type: choice\nvalues: […]";
    CATALOGUE_VALUE = Criteria 14 "a value that the criterion does not have",
        "A rule names a value that the criterion's `values` do not list.",
        wrong "when: {e2ee: [keine]}", right "when: {e2ee: [nein]}";
    DERIVE_ORDER = Criteria 15 "a rule that needs itself",
        "A derived criterion cannot rest on itself, not even by way of another one.",
        wrong "a: derive from b, b: derive from a", right "a: derive from c, b: derive from c";
    NO_SCALE = Criteria 16 "a profile that nothing counts in",
        "A rating needs at least one gate and one strong criterion with lights in every profile.",
        wrong "all roles: info", right "at least one `role: gate` and one `role: strong`";
    DECISION = Criteria 17 "a decision aid that cannot decide",
        "A filter needs a criterion with values, a question needs answers, and a need lists good values under either `any` or `all`.",
        wrong "needs: [{criterion: e2ee}]", right "needs: [{criterion: e2ee, any: [immer]}]";

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

    FACT_OVERDUE = Freshness 1 "a fact whose check has expired",
        "Its last check is older than the criterion's `max_age_days`. It no longer counts in any rating until somebody has looked at the sources again.",
        wrong "checked: 2024-01-01", right "checked: 2026-11-23";
    REVIEW_OVERDUE = Freshness 2 "a review that is overdue",
        "The day in `review_by` or `recheck` has passed.",
        wrong "review_by: 2025-01-01", right "review_by: 2027-05-01";
    FACT_AFFECTED = Freshness 3 "a fact that a later legal event touches",
        "An event of content/law.yaml after the day of the check touches exactly this value. It is shown as to be checked again.",
        wrong "checked before the event", right "checked after the event";
    CONFIDENCE_CAPPED = Freshness 4 "a confidence that the sources cannot carry",
        "What only the vendor says counts at most as medium, what only a competitor says at most as low (`source_kinds.max_confidence`). The lower one is shown.",
        wrong "confidence: high with vendor sources only", right "confidence: medium";

    CONSENT_INCOMPLETE = Consent 100 "a consent notice that is not complete",
        "The record lacks something without which consent would not be informed (Art. 4 No. 11, Art. 7, Art. 13 GDPR). No form is rendered until it is complete.",
        wrong "topics: []", right "topics: [Datenschutz bei Videokonferenzen]";
    CONSENT_VERSION = Consent 116 "a changed notice under an old version",
        "The text of a version that was shown to somebody is evidence and never changes. Write a new entry with the next version number; content/newsletter.lock keeps the hashes.",
        wrong "version: 1 with another text", right "version: 2";
    CONSENT_PROVIDER = Consent 113 "a form address that is not the provider's",
        "The form is sent to `form.action`: https, and a host of the named provider.",
        wrong "action: http://evil.example/", right "action: https://konto.us1.list-manage.com/subscribe/post?u=…&id=…";
    CONSENT_COUPLING = Consent 115 "consent tied to something else",
        "Consent is free only if nothing depends on it (Art. 7(4) GDPR). `coupling` is `none`.",
        wrong "coupling: download", right "coupling: none";
    CONSENT_STALE = Consent 105 "transfer evidence that must be looked at again",
        "The evidence for the transfer to a third country was checked more than `recheck_days` ago.",
        wrong "checked: 2025-01-01, recheck_days: 90", right "checked: 2026-11-23, recheck_days: 90";
    CONSENT_DATA = Consent 111 "more required data than needed",
        "For a newsletter only the mail address may be required (Art. 5(1)(c) GDPR).",
        wrong "- {name: Vorname, required: true}", right "- {name: Vorname, required: false}";
    CONSENT_LAW = Consent 118 "an obsolete law in the notice",
        "TTDSG, TMG, § 7 Abs. 2 Nr. 3 UWG (for e-mail) and the Privacy Shield are no current legal basis.",
        wrong "§ 13 TMG", right "Art. 6 Abs. 1 lit. a DSGVO";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_described_once() {
        let mut seen = std::collections::BTreeSet::new();
        for doc in DOCS.iter().chain(YAML) {
            assert!(seen.insert(doc.code), "{} twice", doc.code);
            for text in [doc.title, doc.text, doc.wrong, doc.right] {
                assert!(!text.is_empty(), "{}", doc.code);
            }
        }
    }

    #[test]
    fn codes_are_found_as_people_type_them() {
        assert_eq!(explain(" v012 ").unwrap().code, UNKNOWN_VALUE);
        assert_eq!(explain("K002").unwrap().title, "a key that nobody knows");
        assert!(explain("H002").unwrap().title.contains("inline"));
        assert!(explain("L008").is_none() && explain("").is_none() && explain("ä").is_none());
    }
}
