//! Forms that ask for a mail address, as they are in the finished page.
//!
//! 1. [`may_ask`] picks the few pages that can have one, while their tags are read anyway;
//! 2. [`read`] reads such a page once more, with its texts and the nesting of its elements;
//! 3. [`check`] holds each form to what makes the reader's act a consent: the notice before the
//!    button, a box that is seen, labelled, empty and needed, nothing foreign, nothing secret.
//!
//! It sees what the theme or raw HTML made of the record; the record itself is checked in
//! `model::consent`.

use std::collections::BTreeSet;

use crate::base::canon::canonical;
use crate::base::codes::{self, Code};
use crate::base::diag::Diagnostic;
use crate::model::consent::SECRETS;
use crate::model::consent::words::{Words, says, words};
use crate::parse::config::Language;

use super::spec::{self, Event};
use super::{Tag, at, is_remote};

/// Words by which a captcha is known in ids, classes and names.
const CAPTCHAS: [&str; 3] = ["captcha", "turnstile", "altcha"];

/// How many bytes of text around a form count as near it.
const NEAR: usize = 400;

/// Elements without content.
const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Whether a tag can belong to a form that asks for a mail address, or betrays a key.
pub(super) fn may_ask(tag: &Tag<'_>) -> bool {
    match tag.name {
        "form" => is(tag, "method", "post"),
        "input" => is(tag, "type", "email") || get(tag, "name").is_some_and(is_secret),
        _ => false,
    }
}

fn get<'a>(tag: &'a Tag<'_>, wanted: &str) -> Option<&'a str> {
    tag.attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_ref())
}

fn is(tag: &Tag<'_>, attribute: &str, value: &str) -> bool {
    get(tag, attribute).is_some_and(|found| found.trim().eq_ignore_ascii_case(value))
}

fn is_secret(name: &str) -> bool {
    SECRETS.contains(&name.to_lowercase().as_str())
}

/// A field, with what the elements around it make of it.
#[derive(Default)]
struct Field {
    line: u64,
    kind: String,
    name: String,
    id: Option<String>,
    is_required: bool,
    is_chosen: bool,
    is_hidden: bool,
    /// Inside something that screen readers leave out.
    is_silent: bool,
    is_labelled: bool,
    is_out_of_the_way: bool,
    is_empty: bool,
}

/// A form.
#[derive(Default)]
struct Form {
    line: u64,
    action: String,
    is_post: bool,
    fields: Vec<Field>,
    /// Where its text starts and ends in the text of the page.
    text: (usize, usize),
    /// Where the text of its button starts.
    button: Option<usize>,
    /// Where the text of its notice starts and ends.
    notice: Option<(usize, usize)>,
    /// What has no place in it.
    foreign: Vec<(String, u64)>,
}

/// An element that is open.
struct Open {
    name: String,
    is_hidden: bool,
    is_silent: bool,
    is_notice: bool,
}

#[derive(Default)]
struct Page {
    language: Option<String>,
    form_action: Option<String>,
    text: String,
    open: Vec<Open>,
    labels: BTreeSet<String>,
    forms: Vec<Form>,
    /// Mail addresses that are asked for, and keys, outside of any form.
    stray: Vec<Field>,
}

/// Checks the forms of a page.
pub(super) fn check(path: &str, html: &str) -> Vec<Diagnostic> {
    let page = read(html);
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
        }
    }
    judge.findings
}

/// Reads a page with its texts and the nesting of its elements.
fn read(html: &str) -> Page {
    let mut page = Page::default();
    spec::walk(html, &mut |event| match event {
        Event::Open(tag) => page.open_tag(tag),
        Event::Close(name) => page.close_tag(name),
        Event::Text(text) => {
            let is_text = !page.open.last().is_some_and(|open| ["script", "style", "template", "title"].contains(&open.name.as_str()));
            if is_text {
                page.text.push_str(text);
            }
        }
    });
    // Labels may stand after the field they are for.
    for field in page.forms.iter_mut().flat_map(|form| &mut form.fields) {
        field.is_labelled |= field.id.as_ref().is_some_and(|id| page.labels.contains(id));
    }
    page
}

impl Page {
    fn open_tag(&mut self, tag: &Tag<'_>) {
        let is_in_form = self.open.iter().any(|open| open.name == "form");
        let around = |page: &Self| page.open.last().map_or((false, false), |open| (open.is_hidden, open.is_silent));
        let (hidden_around, silent_around) = around(self);
        let is_hidden = hidden_around || get(tag, "hidden").is_some();
        let is_silent = silent_around || is(tag, "aria-hidden", "true");
        let is_notice = get(tag, "data-consent").is_some();
        match tag.name {
            "html" => self.language = get(tag, "lang").map(str::to_lowercase),
            "meta" if is(tag, "http-equiv", "Content-Security-Policy") => self.form_action = Some(form_action(get(tag, "content").unwrap_or_default())),
            "label" => self.labels.extend(get(tag, "for").map(str::to_owned)),
            "form" if !is_in_form => self.forms.push(Form {
                line: tag.line,
                action: get(tag, "action").unwrap_or_default().to_owned(),
                is_post: is(tag, "method", "post"),
                text: (self.text.len(), self.text.len()),
                ..Form::default()
            }),
            _ => {}
        }
        if is_in_form {
            self.in_form(tag, is_notice);
        }
        if ["input", "select", "textarea", "option", "button"].contains(&tag.name) {
            self.field(tag, is_in_form, is_hidden, is_silent);
        }
        if !VOID.contains(&tag.name) {
            self.open.push(Open { name: tag.name.to_owned(), is_hidden, is_silent, is_notice });
        }
    }

    fn in_form(&mut self, tag: &Tag<'_>, is_notice: bool) {
        let text = self.text.len();
        let Some(form) = self.forms.last_mut() else { return };
        if is_notice {
            form.notice = Some((text, text));
        }
        let embeds = ["script", "iframe", "object", "embed", "video", "audio"].contains(&tag.name);
        let is_foreign_picture = tag.name == "img" && get(tag, "src").is_some_and(is_remote);
        let is_captcha = |value: &str| CAPTCHAS.iter().any(|word| value.to_lowercase().contains(word));
        if embeds || is_foreign_picture {
            form.foreign.push((format!("`<{}>` stands in the form", tag.name), tag.line));
        } else if ["class", "id", "name", "data-sitekey"].iter().any(|attribute| get(tag, attribute).is_some_and(is_captcha)) {
            form.foreign.push(("a captcha stands in the form".to_owned(), tag.line));
        }
    }

    fn field(&mut self, tag: &Tag<'_>, is_in_form: bool, is_hidden: bool, is_silent: bool) {
        let text = self.text.len();
        let kind = match tag.name {
            "input" => get(tag, "type").unwrap_or("text").trim().to_lowercase(),
            "button" => get(tag, "type").unwrap_or("submit").trim().to_lowercase(),
            name => name.to_owned(),
        };
        let field = Field {
            line: tag.line,
            name: get(tag, "name").unwrap_or_default().to_owned(),
            id: get(tag, "id").map(str::to_owned),
            is_required: get(tag, "required").is_some(),
            is_chosen: get(tag, "checked").is_some() || get(tag, "selected").is_some(),
            is_hidden,
            is_silent,
            is_labelled: self.open.iter().any(|open| open.name == "label"),
            is_out_of_the_way: is(tag, "tabindex", "-1") && is(tag, "autocomplete", "off"),
            is_empty: get(tag, "value").unwrap_or_default().is_empty(),
            kind,
        };
        match self.forms.last_mut().filter(|_| is_in_form) {
            Some(form) => {
                if ["submit", "image"].contains(&field.kind.as_str()) && form.button.is_none() {
                    form.button = Some(text);
                }
                form.fields.push(field);
            }
            None => self.stray.push(field),
        }
    }

    fn close_tag(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        let end = self.text.len();
        for closed in self.open.drain(at..).rev() {
            let Some(form) = self.forms.last_mut() else { continue };
            if closed.is_notice
                && let Some(notice) = &mut form.notice
            {
                notice.1 = end;
            }
            if closed.name == "form" {
                form.text.1 = end;
            }
        }
        self.text.push(' ');
    }
}

/// The hosts of `form-action` in a policy.
fn form_action(policy: &str) -> String {
    let directive = policy.split(';').map(str::trim).find_map(|directive| directive.strip_prefix("form-action"));
    directive.unwrap_or_default().trim().to_owned()
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
        let is_listed = |policy: &String| policy.split_whitespace().any(|listed| listed == format!("https://{host}"));
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
        check("a/index.html", html).iter().map(|finding| finding.code.to_string()).collect()
    }

    #[test]
    fn a_form_as_the_law_wants_it_passes() {
        assert!(codes_of(GOOD).is_empty(), "{:?}", check("a", GOOD));
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
    fn the_words_are_those_of_the_page_s_language() {
        let english = GOOD.replace("lang=\"de\"", "lang=\"en\"");
        assert_eq!(codes_of(&english), ["C108"]);
        assert!(codes_of(&english.replace("jederzeit", "at any time")).is_empty());
    }
}
