//! Forms that ask for a mail address, as they are in the finished page.
//!
//! 1. [`may_ask`] picks the few pages that can have one, while their tags are read anyway;
//! 2. [`read`] reads such a page once more, with its texts and the nesting of its elements;
//! 3. [`check`] holds each form to what makes the reader's act a consent: the notice before the
//!    button, a box that is seen, labelled, empty and needed, nothing foreign, nothing secret.
//!
//! It sees what the theme or raw HTML made of the record; the record itself is checked in
//! `model::consent`.

use crate::base::canon::canonical;
use crate::base::codes::{self, Code};
use crate::base::diag::Diagnostic;
use crate::model::consent::SECRETS;
use crate::model::consent::words::{Words, says, words};
use crate::parse::config::Language;

use super::super::hosts::policy::MARK;
use super::{Tag, at, is_remote};

mod page;

use page::{Field, Form, Page, get, is, read};

/// How many bytes of text around a form count as near it.
const NEAR: usize = 400;

/// Whether a tag can belong to a form that asks for a mail address, or betrays a key.
pub(super) fn may_ask(tag: &Tag<'_>) -> bool {
    match tag.name {
        "form" => is(tag, "method", "post"),
        "input" => is(tag, "type", "email") || get(tag, "name").is_some_and(is_secret),
        _ => false,
    }
}

fn is_secret(name: &str) -> bool {
    SECRETS.contains(&name.to_lowercase().as_str())
}

/// The notice in a form that asks for a mail address, as a page shows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    line: u64,
    /// Which text it says it is.
    sha256: String,
    /// The form's text without blanks.
    text: String,
}

/// The notice that forms have to show.
#[derive(Clone, Debug, Default)]
pub struct Current {
    /// SHA-256 of its text.
    pub sha256: String,
    /// Its paragraphs and its statement.
    pub parts: Vec<String>,
}

/// Compares a notice with the record: only the whole of the current text is what somebody consents to.
pub(super) fn compare(path: &str, shown: &Shown, current: &Current) -> Option<Diagnostic> {
    let help = "use the directive `newsletter`, which prints notice and form";
    let say = |message: String| Some(at(path, shown.line, Diagnostic::error(codes::CONSENT_ABSENT, message)).help(help));
    if shown.sha256 != current.sha256 {
        return say("the notice in the form is not the current one of content/newsletter.yaml".to_owned());
    }
    let missing = current.parts.iter().find(|part| !shown.text.contains(&squeezed(part)))?;
    let start: String = missing.chars().take(60).collect();
    say(format!("the form leaves out what the notice says: `{}`", start.trim()))
}

/// Where blanks stand between elements is the template's business, and placeholders are shown without their brackets.
fn squeezed(text: &str) -> String {
    canonical([text]).replace(' ', "").replace("[[", "").replace("]]", "")
}

/// Checks the forms of a page; gives the notices that they show as well.
pub(super) fn check(path: &str, html: &str) -> (Vec<Diagnostic>, Vec<Shown>) {
    let page = read(html);
    let mut shown = Vec::new();
    let mut judge = Judge { path, findings: Vec::new() };
    let language = if page.language.as_deref().is_some_and(|code| code.starts_with("en")) { Language::En } else { Language::De };
    for field in &page.stray {
        judge.secret(field);
        if field.kind == "email" {
            judge.say(
                codes::CONSENT_ABSENT,
                field.line,
                "a field for a mail address stands in no form",
                "use the directive `newsletter`, which prints notice and form",
            );
        }
    }
    for form in &page.forms {
        form.fields.iter().for_each(|field| judge.secret(field));
        if form.is_post || form.fields.iter().any(|field| field.kind == "email") {
            judge.form(form, &page, words(language));
            let text = page.text.get(form.text.0..form.text.1).unwrap_or_default();
            shown.extend(form.notice.map(|_| Shown { line: form.line, sha256: form.sha256.clone(), text: squeezed(text) }));
        }
    }
    (judge.findings, shown)
}

struct Judge<'a> {
    path: &'a str,
    findings: Vec<Diagnostic>,
}

impl Judge<'_> {
    fn say(&mut self, code: Code, line: u64, message: impl Into<String>, help: &str) {
        self.findings.push(at(self.path, line, Diagnostic::error(code, message)).help(help));
    }

    fn secret(&mut self, field: &Field) {
        if is_secret(&field.name) {
            let message = format!("the field `{}` publishes a key or switches off the confirmation", field.name);
            self.say(codes::CONSENT_SECRET, field.line, message, "remove it; no form of a reader needs it");
        }
    }

    fn form(&mut self, form: &Form, page: &Page, words: &Words) {
        self.way(form, page);
        self.notice(form, page, words);
        self.boxes(form);
        for field in &form.fields {
            self.field(field);
        }
        for (message, line) in &form.foreign {
            self.say(codes::CONSENT_EMBEDDED, *line, message.clone(), "remove it: a form of fields transmits nothing before it is sent");
        }
        let near = canonical([around(&page.text, form.text)]).to_lowercase();
        if let Some(tie) = words.ties.iter().find(|tie| near.contains(*tie)) {
            self.say(codes::CONSENT_COUPLING, form.line, format!("“{tie}” stands near the form"), "take it away: nothing may depend on this consent");
        }
    }

    /// By POST, over https, to a host that the page's policy lists.
    fn way(&mut self, form: &Form, page: &Page) {
        if !form.is_post {
            self.say(codes::CONSENT_PROVIDER, form.line, "the form would put the mail address into an address of the web", "write `method=\"post\"`");
        }
        if !is_remote(&form.action) {
            return;
        }
        let host = form.action.split_once("://").map_or("", |(_, rest)| rest).split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        let is_listed = |policy: &String| policy == MARK || policy.split_whitespace().any(|listed| listed == format!("https://{host}"));
        if !form.action.starts_with("https://") {
            self.say(codes::CONSENT_PROVIDER, form.line, format!("the form is sent unprotected, to `{}`", form.action), "send it by https");
        } else if !page.form_action.as_ref().is_some_and(is_listed) {
            let message = format!("the page's policy does not let the form go to `{host}`");
            self.say(codes::CONSENT_PROVIDER, form.line, message, "list the host in `form-action`, as the standard theme does with `page.form_action`");
        }
    }

    /// The whole notice, and in it the way back, before the button.
    fn notice(&mut self, form: &Form, page: &Page, words: &Words) {
        let end = form.button.unwrap_or(form.text.1);
        let Some(notice) = form.notice else {
            let help = "use the directive `newsletter`, which prints notice and form";
            return self.say(codes::CONSENT_ABSENT, form.line, "a form asks for a mail address without the notice", help);
        };
        let text = page.text.get(notice.0..notice.1).unwrap_or_default().to_lowercase();
        if notice.1 > end {
            self.say(codes::CONSENT_WITHDRAWAL, form.line, "the notice stands after the button", "put it before the button");
        } else if !says(&text, words.any_time) {
            let message = format!("`{}` does not stand before the button", words.any_time[0]);
            self.say(codes::CONSENT_WITHDRAWAL, form.line, message, "show the notice's paragraph about withdrawal before the button");
        }
    }

    /// One box at least that is seen, labelled and needed.
    fn boxes(&mut self, form: &Form) {
        let needed: Vec<&Field> = form.fields.iter().filter(|field| field.kind == "checkbox" && field.is_required).collect();
        if needed.is_empty() {
            self.say(codes::CONSENT_BOX, form.line, "the form has no box that must be ticked", "give the consent box the attribute `required`");
        }
        for field in needed {
            if field.is_hidden || field.is_silent {
                self.say(codes::CONSENT_BOX, field.line, "the consent box is hidden", "show it to everybody");
            } else if !field.is_labelled {
                self.say(codes::CONSENT_BOX, field.line, "the consent box has no label", "put it and the statement into a `<label>`");
            }
        }
    }

    fn field(&mut self, field: &Field) {
        if field.is_chosen {
            let name = if field.name.is_empty() { field.kind.as_str() } else { field.name.as_str() };
            self.say(codes::CONSENT_TICKED, field.line, format!("`{name}` is chosen when the page loads"), "leave the choice to the reader");
        }
        let is_choice = ["checkbox", "email"].contains(&field.kind.as_str());
        if field.is_required && !is_choice {
            self.say(codes::CONSENT_DATA, field.line, format!("the field `{}` must be filled in", field.name), "require the mail address only");
        }
        let is_written = ["text", "email", "url", "tel", "search", "textarea"].contains(&field.kind.as_str());
        if is_written && field.is_silent && !(field.is_out_of_the_way && field.is_empty) {
            let help = "give it `tabindex=\"-1\"`, `autocomplete=\"off\"` and no value";
            self.say(codes::CONSENT_TRAP, field.line, format!("the trap `{}` catches keyboards and password managers", field.name), help);
        } else if is_written && !field.is_silent && field.is_out_of_the_way {
            self.say(
                codes::CONSENT_TRAP,
                field.line,
                format!("the trap `{}` is read out to people", field.name),
                "put it into an element with `aria-hidden=\"true\"`",
            );
        }
    }
}

/// The text of a form and what is near it.
fn around(text: &str, (start, end): (usize, usize)) -> &str {
    let mut from = start.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (end + NEAR).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "<html lang=\"de\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; form-action 'self' https://news.example; base-uri 'none'\">\
        <p>Newsletter</p><form method=\"post\" action=\"https://news.example/s\"><label>Adresse <input type=\"email\" name=\"e\" required></label>\
        <div aria-hidden=\"true\"><input type=\"text\" name=\"hp\" tabindex=\"-1\" autocomplete=\"off\" value=\"\"></div><input type=\"hidden\" name=\"nonce\" value=\"\">\
        <div data-consent>Sie können jederzeit widerrufen.</div><label><input type=\"checkbox\" name=\"c\" required> Ja</label><button>Abonnieren</button></form>";

    fn codes_of(html: &str) -> Vec<String> {
        check("a/index.html", html).0.iter().map(|finding| finding.code.to_string()).collect()
    }

    #[test]
    fn a_form_as_the_law_wants_it_passes() {
        assert!(codes_of(GOOD).is_empty(), "{:?}", check("a", GOOD).0);
        let outside = GOOD.replace("<label><input type=\"checkbox\"", "<label for=\"c\">Ja</label><p><input id=\"c\" type=\"checkbox\"");
        assert!(codes_of(&outside).is_empty());
        assert!(codes_of("<form action=\"/suche\"><input type=\"search\" checked name=\"q\"></form>").is_empty());
    }

    #[test]
    fn each_fault_of_a_form_is_found() {
        let box_ = "<label><input type=\"checkbox\" name=\"c\" required> Ja</label>";
        for (from, to, code) in [
            ("<div data-consent>Sie können jederzeit widerrufen.</div>", "", "C120"),
            ("jederzeit", "nie", "C108"),
            ("<button>Abonnieren</button>", "", "C000"),
            ("<div data-consent>", "<button>Los</button><div data-consent>", "C108"),
            ("name=\"c\" required", "name=\"c\" required checked", "C109"),
            ("name=\"c\" required", "name=\"c\"", "C110"),
            (box_, "<input type=\"checkbox\" required> Ja", "C110"),
            (box_, "<div hidden><label><input type=\"checkbox\" required> Ja</label></div>", "C110"),
            ("name=\"hp\"", "name=\"vorname\" required", "C111"),
            ("method=\"post\"", "method=\"get\"", "C113"),
            ("action=\"https://news.example/s\"", "action=\"http://news.example/s\"", "C113"),
            ("action=\"https://news.example/s\"", "action=\"https://other.example/s\"", "C113"),
            ("<button>", "<div class=\"g-recaptcha\"></div><button>", "C114"),
            ("<button>", "<script src=\"x.js\"></script><button>", "C114"),
            ("<button>", "<img src=\"//x.example/p.png\"><button>", "C114"),
            ("<p>Newsletter</p>", "<p>Abonnieren Sie und Sie können den <b>Download</b> erhalten</p>", "C115"),
            (" tabindex=\"-1\"", "", "C119"),
            ("value=\"\"></div>", "value=\"x\"></div>", "C119"),
            ("<div aria-hidden=\"true\">", "<div>", "C119"),
            ("<p>Newsletter</p>", "<input type=\"email\">", "C120"),
            ("name=\"nonce\"", "name=\"api_key\"", "C122"),
            ("name=\"nonce\"", "name=\"silent\"", "C122"),
        ] {
            let html = GOOD.replace(from, to);
            assert_ne!(html, GOOD, "{from}");
            let expected: Vec<&str> = if code == "C000" { vec![] } else { vec![code] };
            assert_eq!(codes_of(&html), expected, "{to}");
        }
    }

    #[test]
    fn the_notice_in_a_form_is_the_whole_of_the_current_one() {
        let page = GOOD.replace("<div data-consent>", "<div data-consent data-sha256=\"ab\">");
        let said = |sha256: &str, parts: &[&str], html: &str| {
            let current = Current { sha256: sha256.to_owned(), parts: parts.iter().map(|part| (*part).to_owned()).collect() };
            let shown = check("a/index.html", html).1;
            assert_eq!(shown.len(), 1);
            compare("a/index.html", &shown[0], &current).map(|finding| finding.message)
        };
        let parts = ["Sie können [[jederzeit]]\nwiderrufen.", "Ja"];
        assert_eq!(said("ab", &parts, &page), None);
        assert_eq!(said("ab", &parts, &page.replace("jederzeit", "jeder<b>zeit</b>")), None, "markup is not text");
        assert!(said("cd", &parts, &page).unwrap().contains("is not the current one"));
        assert!(said("ab", &parts, GOOD).unwrap().contains("is not the current one"), "one that does not say which it is");
        assert!(said("ab", &["Ja", "Wir messen nichts."], &page).unwrap().ends_with("`Wir messen nichts.`"));
    }

    #[test]
    fn the_words_are_those_of_the_page_s_language() {
        let english = GOOD.replace("lang=\"de\"", "lang=\"en\"");
        assert_eq!(codes_of(&english), ["C108"]);
        assert!(codes_of(&english.replace("jederzeit", "at any time")).is_empty());
    }
}
