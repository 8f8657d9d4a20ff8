//! A page read for its forms: fields, texts, and the nesting that makes them seen or hidden.

use std::collections::BTreeSet;

use crate::render::hosts::policy::MARK;

use super::super::spec::{self, Event};
use super::super::{Tag, is_remote};

/// Words by which a captcha is known in ids, classes and names.
const CAPTCHAS: [&str; 3] = ["captcha", "turnstile", "altcha"];

/// Elements without content.
const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

pub(super) fn get<'a>(tag: &'a Tag<'_>, wanted: &str) -> Option<&'a str> {
    tag.attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_ref())
}

pub(super) fn is(tag: &Tag<'_>, attribute: &str, value: &str) -> bool {
    get(tag, attribute).is_some_and(|found| found.trim().eq_ignore_ascii_case(value))
}

/// A field, with what the elements around it make of it.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one field, each judged by itself")]
#[derive(Default)]
pub(super) struct Field {
    pub(super) line: u64,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) id: Option<String>,
    pub(super) is_required: bool,
    pub(super) is_chosen: bool,
    pub(super) is_hidden: bool,
    /// Inside something that screen readers leave out.
    pub(super) is_silent: bool,
    pub(super) is_labelled: bool,
    pub(super) is_out_of_the_way: bool,
    pub(super) is_empty: bool,
}

/// A form.
#[derive(Default)]
pub(super) struct Form {
    pub(super) line: u64,
    pub(super) action: String,
    pub(super) is_post: bool,
    pub(super) fields: Vec<Field>,
    /// Where its text starts and ends in the text of the page.
    pub(super) text: (usize, usize),
    /// Where the text of its button starts.
    pub(super) button: Option<usize>,
    /// Where the text of its notice starts and ends.
    pub(super) notice: Option<(usize, usize)>,
    /// Which text its notice says it is.
    pub(super) sha256: String,
    /// What has no place in it.
    pub(super) foreign: Vec<(String, u64)>,
}

/// An element that is open.
struct Open {
    name: String,
    is_hidden: bool,
    is_silent: bool,
    is_notice: bool,
}

#[derive(Default)]
pub(super) struct Page {
    pub(super) language: Option<String>,
    pub(super) form_action: Option<String>,
    pub(super) text: String,
    open: Vec<Open>,
    labels: BTreeSet<String>,
    pub(super) forms: Vec<Form>,
    /// Mail addresses that are asked for, and keys, outside of any form.
    pub(super) stray: Vec<Field>,
}

/// Reads a page with its texts and the nesting of its elements.
pub(super) fn read(html: &str) -> Page {
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
            get(tag, "data-sha256").unwrap_or_default().clone_into(&mut form.sha256);
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

/// The hosts of `form-action` in a policy. The site's own is put into the page later, with the
/// host of the record; until then its mark stands for it.
fn form_action(policy: &str) -> String {
    if policy == MARK {
        return policy.to_owned();
    }
    let directive = policy.split(';').map(str::trim).find_map(|directive| directive.strip_prefix("form-action"));
    directive.unwrap_or_default().trim().to_owned()
}
