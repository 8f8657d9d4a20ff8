//! The form: filled in from the table of providers, compared with what the editor gave.
//!
//! 1. [`ready`] makes the whole form from the account's values; `{language}` stands for the
//!    notice's language, `{u}` for the parameter `u` of the form's address;
//! 2. [`check`] says which values are missing, wrong or forbidden, and where to find them.

use std::ops::Range;

use crate::base::codes;
use crate::parse::at::At;
use crate::parse::decode::is_hole;
use crate::parse::newsletter::{FormProvider, NoticeEntry};
use crate::parse::scalar::host_of;

use super::Report;
use super::pattern::{fits, parameter};
use super::providers::{Provider, Trap, Version, provider};

/// A form with every field that the provider expects.
#[derive(Clone, Debug, Default)]
pub struct ReadyForm {
    /// Where it is sent; a mail address with its scheme if there is no form.
    pub action: String,
    /// Whether it is no form but a link that starts a mail.
    pub is_mail: bool,
    /// Name of the mail address.
    pub email: String,
    /// Name and value of the consent box, if the provider stores one.
    pub consent: Option<(String, String)>,
    /// Name of the trap for robots, and whether it is a hidden field.
    pub trap: Option<(String, bool)>,
    /// Name of the field that stores the version.
    pub version: Option<String>,
    /// Hidden fields: name and value.
    pub hidden: Vec<(String, String)>,
    /// Name of the button.
    pub submit: Option<&'static str>,
    /// Whether a value is still a placeholder, so that nothing can be sent.
    pub is_open: bool,
}

/// Makes the form.
pub(super) fn ready(entry: &NoticeEntry) -> ReadyForm {
    let (form, known) = (&entry.form, provider(entry.form.provider));
    let given = |field: &Option<At<String>>| field.as_ref().map(|name| name.value.clone()).filter(|name| !name.is_empty());
    let account = form.hidden.iter().filter(|(name, _)| !known.fixed.iter().any(|(fixed, _)| *fixed == name.value));
    let fixed = known.fixed.iter().map(|(name, value)| ((*name).to_owned(), fill(value, entry)));
    let hidden: Vec<(String, String)> = fixed.chain(account.map(|(name, value)| (name.value.clone(), value.clone()))).collect();
    let consent = known.consent.filter(|consent| !consent.name.contains('<')).map(|consent| consent.name.to_owned());
    let consent = given(&form.consent_field).or(consent).map(|name| (name, known.consent.map_or("Y", |consent| consent.value).to_owned()));
    let trap = match known.trap {
        Trap::Text(name) => Some((name.to_owned(), false)),
        Trap::Hidden(name) => Some((name.to_owned(), true)),
        Trap::Derived(name) => Some((fill(name, entry), false)),
        Trap::None | Trap::Account(_) => given(&form.honeypot).map(|name| (name, false)),
    };
    let version = match known.version {
        Version::Dropped(_) => None,
        Version::Field(usual, _) => given(&form.version_field).or_else(|| usual.map(str::to_owned)),
    };
    let all = [Some(&form.action.value), consent.as_ref().map(|(name, _)| name), version.as_ref(), trap.as_ref().map(|(name, _)| name)];
    let is_open = all.into_iter().flatten().chain(hidden.iter().map(|(_, value)| value)).any(|text| text.contains("[["));
    ReadyForm {
        action: form.action.value.clone(),
        is_mail: form.provider == FormProvider::Mailto,
        email: email(entry),
        consent: consent.map(|(name, value)| (bare(&name), value)),
        trap: trap.map(|(name, hidden)| (bare(&name), hidden)),
        version: version.map(|name| bare(&name)),
        hidden: hidden.into_iter().map(|(name, value)| (name, bare(&value))).collect(),
        submit: known.submit,
        is_open,
    }
}

/// The name of the field of the mail address.
fn email(entry: &NoticeEntry) -> String {
    let given = entry.form.email_field.as_ref().map(|name| name.value.clone()).filter(|name| !name.is_empty());
    given.unwrap_or_else(|| provider(entry.form.provider).email.replace("<id>", "email"))
}

/// Fills in what a table's value leaves open.
fn fill(value: &str, entry: &NoticeEntry) -> String {
    let mut filled = String::new();
    let mut rest = value;
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        filled.push_str(before);
        filled.push_str(if name == "language" { entry.language.code() } else { parameter(&entry.form.action, name).unwrap_or_default() });
        rest = after;
    }
    filled + rest
}

/// A placeholder's text without its brackets.
fn bare(text: &str) -> String {
    text.replace("[[", "").replace("]]", "")
}

/// Compares the editor's values with what the provider expects.
pub(super) fn check(entry: &NoticeEntry, report: &mut Report<'_>) {
    let known = provider(entry.form.provider);
    action(entry, known, report);
    if entry.form.provider != FormProvider::Mailto {
        fields(entry, known, report);
        names(entry, known, report);
        hidden(entry, known, report);
        if let Some(flaw) = known.flaw {
            report.warning(codes::CONSENT_PROVIDER, &entry.form.action.range, flaw, "use another provider, or a link to the provider's own page");
        }
    }
}

/// The form leads to the provider it names, over https, and what is there answers a form.
fn action(entry: &NoticeEntry, known: &Provider, report: &mut Report<'_>) {
    let action = &entry.form.action;
    if is_hole(action) {
        return;
    }
    if entry.form.provider == FormProvider::Mailto {
        if !action.starts_with("mailto:") || action.contains(['?', '"', '<', '>', ' ']) {
            wrong_action(action, known, report);
        }
        return;
    }
    for (trace, why) in [("/post-json", "answers with a script (JSONP)"), ("isAjax", "answers a script with JSON")] {
        if action.contains(trace) {
            let help = format!("use the address without it, like `{}`", known.example);
            return report.error(codes::CONSENT_PROVIDER, &action.range, format!("the form's address {why}"), help);
        }
    }
    if action.contains("&amp;") {
        let help = "write `&` in YAML, it is escaped when the page is made";
        return report.error(codes::CONSENT_PROVIDER, &action.range, "the form's address holds `&amp;`", help);
    }
    let is_plain = action.starts_with("https://") && !action.contains(['"', '<', '>', '\\', ' ', ';', '\'']);
    let belongs = |host: &str| known.hosts.is_empty() || known.hosts.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")));
    let path = |host: &str| action.split_once(host).map_or("", |(_, rest)| rest).trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    // A placeholder in the account's part is still to be filled in.
    let is_open = action.contains("[[") && action.starts_with("https://");
    let is_right = is_open || is_plain && host_of(action).is_some_and(|host| belongs(host) && fits(known.path, path(host)));
    if !is_right {
        wrong_action(action, known, report);
    }
}

fn wrong_action(action: &At<String>, known: &Provider, report: &mut Report<'_>) {
    let help = format!("copy the address from the provider's form, it looks like `{}`", known.example);
    report.error(codes::CONSENT_PROVIDER, &action.range, format!("`{action}` is no form address of this provider"), help);
}

/// The visible fields: one mail address, others by names that the provider knows.
fn fields(entry: &NoticeEntry, known: &Provider, report: &mut Report<'_>) {
    let email = email(entry);
    let is_email = |field: &Option<At<String>>| field.as_ref().is_none_or(|name| name.value == email);
    if let Some(name) = entry.form.email_field.as_ref().filter(|name| !fits(known.email, name) && !is_hole(name)) {
        let help = format!("write `{}`, or leave the key out", known.email.replace("<id>", "…"));
        report.error(codes::CONSENT_PROVIDER, &name.range, format!("the provider does not take the mail address as `{name}`"), help);
    }
    let mut addresses = entry.data.iter().filter(|data| is_email(&data.field));
    if addresses.next().is_none() {
        let help = format!("write `field: {email}` in its entry of `data`");
        report.error(codes::CONSENT_PROVIDER, &entry.form.action.range, "no entry of `data` is the mail address", help);
    }
    for data in addresses {
        let help = "give each other entry the provider's `field`";
        report.error(codes::CONSENT_PROVIDER, &data.name.range, format!("`{}` would be a second mail address", data.name), help);
    }
    for name in entry.data.iter().filter_map(|data| data.field.as_ref()).filter(|name| name.value != email && !is_hole(name)) {
        if !is_open(name) && !fits(known.others, name) {
            let help = format!("write a name like `{}`", shown(known.others));
            report.error(codes::CONSENT_PROVIDER, &name.range, format!("the provider takes no field `{name}`"), help);
        }
    }
}

/// Names of box, trap and version field.
fn names(entry: &NoticeEntry, known: &Provider, report: &mut Report<'_>) {
    let form = &entry.form;
    let given =
        |field: &'static str, name: &Option<At<String>>| name.as_ref().filter(|name| !is_open(name) && !is_hole(name)).cloned().map(|name| (field, name));
    let consent = known.consent.map_or(known.others, |consent| consent.name);
    let (traps, cure): (Vec<String>, _) = match known.trap {
        Trap::None => (Vec::new(), "leave `honeypot` out, the provider has none".to_owned()),
        Trap::Text(name) | Trap::Hidden(name) => (vec![name.to_owned()], format!("leave `honeypot` out, `{name}` is filled in")),
        Trap::Derived(name) => (vec![fill(name, entry)], "leave `honeypot` out, it follows from `action`".to_owned()),
        Trap::Account(patterns) => (
            patterns.iter().map(|pattern| (*pattern).to_owned()).collect(),
            format!("copy it from the provider's form, it looks like `{}`", shown(patterns[patterns.len() - 1])),
        ),
    };
    let (versions, version_cure) = match known.version {
        Version::Dropped(why) => (&[][..], why.to_owned()),
        Version::Field(usual, patterns) => (patterns, format!("write a name like `{}`", usual.unwrap_or_else(|| patterns[0]).replace("<n>", "1"))),
    };
    let is_box = |name: &str| fits(consent, name);
    let is_trap = |name: &str| traps.iter().any(|pattern| fits(pattern, name) || name.contains("[["));
    let is_version = |name: &str| versions.iter().any(|pattern| fits(pattern, name));
    let found = [
        given("consent_field", &form.consent_field)
            .filter(|(_, name)| !is_box(name))
            .map(|found| (found, format!("write a name like `{}`, or leave the key out", shown(consent)))),
        given("honeypot", &form.honeypot).filter(|(_, name)| !is_trap(name)).map(|found| (found, cure)),
        given("version_field", &form.version_field).filter(|(_, name)| !is_version(name)).map(|found| (found, version_cure)),
    ];
    for ((key, name), help) in found.into_iter().flatten() {
        report.error(codes::CONSENT_PROVIDER, &name.range, format!("`{name}` cannot be the provider's `{key}`"), help);
    }
}

/// Hidden fields: all that the account must bring, none that consents, betrays a key or is filled in anyway.
fn hidden(entry: &NoticeEntry, known: &Provider, report: &mut Report<'_>) {
    let form = &entry.form;
    for (name, pattern, place) in known.account {
        match form.hidden.get_key_value(*name) {
            None => report.error(
                codes::CONSENT_PROVIDER,
                &form.action.range,
                format!("the provider needs the hidden field `{name}`"),
                format!("add it to `hidden`: {place}"),
            ),
            Some((key, value)) if !value.contains("[[") && !fits(pattern, value) => {
                report.error(codes::CONSENT_PROVIDER, &key.range, format!("`{value}` cannot be the value of `{name}`"), format!("copy {place}"));
            }
            Some(_) => {}
        }
    }
    let ready = ready(entry);
    let consent = known.consent.map(|consent| consent.name);
    for (name, value) in &form.hidden {
        let at: &Range<usize> = &name.range;
        let fixed = known.fixed.iter().find(|(fixed, _)| *fixed == name.value);
        let is_secret = SECRETS.contains(&name.to_lowercase().as_str());
        if is_secret {
            report.error(codes::CONSENT_SECRET, at, format!("the hidden field `{name}` would be published"), SECRET_CURE);
        } else if consent.is_some_and(|pattern| fits(pattern, name)) || ready.consent.as_ref().is_some_and(|(consent, _)| *consent == name.value) {
            report.error(
                codes::CONSENT_TICKED,
                at,
                format!("the hidden field `{name}` would consent in the reader's place"),
                "remove it; the box beside the statement is that field, name it in `consent_field`",
            );
        } else if let Some((_, right)) = fixed.filter(|(_, right)| fill(right, entry) != *value) {
            report.error(codes::CONSENT_PROVIDER, at, format!("`{name}` is always `{}`", fill(right, entry)), "remove it, it is filled in");
        } else if [Some(&ready.email), ready.version.as_ref(), ready.trap.as_ref().map(|(name, _)| name)].contains(&Some(&name.value)) {
            report.error(codes::CONSENT_PROVIDER, at, format!("`{name}` would be in the form twice"), "remove it from `hidden`, the field is filled in");
        }
    }
    let query = form.action.split_once('?').map_or("", |(_, query)| query);
    if query.split('&').any(|pair| SECRETS.contains(&pair.split('=').next().unwrap_or_default().to_lowercase().as_str())) {
        report.error(codes::CONSENT_SECRET, &form.action.range, "the form's address would publish a key", SECRET_CURE);
    }
}

/// Names of fields that hold a key, or (Sendy's `silent`) switch off the confirmation of the address.
pub const SECRETS: [&str; 8] = ["api_key", "apikey", "api-key", "access_token", "secret", "password", "token", "silent"];

const SECRET_CURE: &str = "remove it: a key in a page is everybody's, and no form of a reader needs one";

fn is_open(text: &str) -> bool {
    text.contains("[[")
}

/// A pattern as people read it.
fn shown(pattern: &str) -> String {
    pattern.replace("[*", "[name]").replace("<n>", "1").replace("<caps>", "NAME").replace("<id>", "name").replace('*', "…")
}
