//! The newsletter's consent notice: complete, versioned, provable.
//!
//! 1. [`notices`] checks each version against what the law asks (`design`: the
//!    lints C01 to C23 have the codes C101 to C123);
//! 2. the canonical text of a version is hashed and compared with the committed
//!    lock file, so that a text that was shown to somebody never changes.
//!
//! Sources of the rules: Art. 4 No. 11, 7, 13, 28, 44 to 49 GDPR; § 7 UWG.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::codes;
use crate::base::date::Day;
use crate::base::diag::Diagnostic;
use crate::base::hash::sha256_hex;
use crate::base::source::Source;
use crate::parse::at::At;
use crate::parse::config::Stage;
use crate::parse::decode::is_hole;
use crate::parse::newsletter::{FormProvider, NewsletterFile, NoticeEntry};
use crate::parse::scalar::host_of;

use super::placeholder;

/// The European Economic Area, inside which no transfer has to be justified (Art. 44 GDPR).
const EEA: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT",
    "RO", "SE", "SI", "SK",
];

/// One version of the notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What the file says.
    pub entry: NoticeEntry,
    /// SHA-256 of the canonical text.
    pub sha256: String,
    /// Whether it is the version shown now.
    pub current: bool,
    /// Whether a form may be rendered from it.
    pub complete: bool,
}

/// Checks all versions; the newest is the current one.
pub fn notices(file: &NewsletterFile, source: &Source, lock: Option<&Source>, stage: Stage, today: Day) -> (Vec<Notice>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let locked = lock.map(read_lock).unwrap_or_default();
    let newest = file.notices.iter().map(|notice| notice.version.value).max();
    let mut seen = BTreeSet::new();
    let mut notices = Vec::new();
    for entry in &file.notices {
        let current = Some(entry.version.value) == newest;
        let before = findings.len();
        if !seen.insert(entry.version.value) {
            let finding = Diagnostic::error(codes::CONSENT_VERSION, format!("version {} stands here twice", entry.version));
            findings.push(finding.at(source.span(entry.version.range.clone())).help("give every notice a version number of its own"));
        }
        let sha256 = sha256_hex(canonical_text(entry).as_bytes());
        let has_placeholder = placeholder::find(&canonical_text(entry)).next().is_some();
        // In a demo a text with placeholders was never shown to anybody as real.
        if !(stage == Stage::Demo && has_placeholder) {
            findings.extend(check_lock(entry, &sha256, &locked, source));
        }
        if current {
            findings.extend(incomplete(entry, source));
            findings.extend(law(entry, source));
            findings.extend(provider(entry, source));
            findings.extend(stale(entry, source, today));
        }
        let complete = !findings[before..].iter().any(|finding| finding.severity == crate::base::diag::Severity::Error);
        notices.push(Notice { entry: entry.clone(), sha256, current, complete });
    }
    let is_here = |id: &str, version: u32| file.notices.iter().any(|entry| entry.id.value.0 == id && entry.version.value == version);
    for (id, version) in locked.keys().filter(|(id, version)| !is_here(id, *version)) {
        let finding = Diagnostic::error(codes::CONSENT_VERSION, format!("version {version} of `{id}` is in newsletter.lock, but not here"));
        findings.push(finding.at(source.span(0..0)).help("restore it: what was shown to somebody stays retrievable"));
    }
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.entry.version.value));
    (notices, findings)
}

/// What is hashed: every text the reader sees beside the form, and where its links lead,
/// with white space collapsed. The button belongs to it: it names the act.
pub fn canonical_text(entry: &NoticeEntry) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for paragraph in &entry.notice {
        parts.extend([paragraph.title.value.as_str(), paragraph.text.value.as_str()]);
    }
    parts.extend([entry.statement.value.as_str(), entry.button.value.as_str(), entry.links.privacy_policy.value.as_str(), entry.links.imprint.value.as_str()]);
    parts.extend(entry.legal_basis.iter().chain(entry.data.iter().map(|field| &field.name)).map(|text| text.value.as_str()));
    parts.extend(entry.links.processor_privacy.iter().map(|address| address.0.as_str()));
    parts.join("\n").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_lock(lock: &Source) -> BTreeMap<(String, u32), String> {
    let lines = lock.text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let (id, version, sha) = (words.next()?, words.next()?, words.next()?);
        Some(((id.to_owned(), version.strip_prefix('v')?.parse().ok()?), sha.to_owned()))
    });
    lines.collect()
}

fn check_lock(entry: &NoticeEntry, sha256: &str, locked: &BTreeMap<(String, u32), String>, source: &Source) -> Option<Diagnostic> {
    let (id, version) = (&entry.id.value.0, entry.version.value);
    let finding = match locked.get(&(id.clone(), version)) {
        Some(known) if known == sha256 => return None,
        Some(_) => Diagnostic::error(codes::CONSENT_VERSION, format!("the text of version {version} is not the one in newsletter.lock"))
            .help(format!("restore the text, or keep it and add this one as version {}", version.saturating_add(1))),
        None => Diagnostic::error(codes::CONSENT_VERSION, format!("version {version} is not in newsletter.lock"))
            .help(format!("add the line `{id} v{version} {sha256}` to content/newsletter.lock")),
    };
    Some(finding.at(source.span(entry.version.range.clone())))
}

/// Texts that must say something, and the facts without which consent is not informed.
fn incomplete(entry: &NoticeEntry, source: &Source) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut missing = |range: &std::ops::Range<usize>, what: &str, help: &str| {
        let finding = Diagnostic::error(codes::CONSENT_INCOMPLETE, format!("the notice does not say {what}"));
        findings.push(finding.at(source.span(range.clone())).help(help));
    };
    let place = &entry.version.range;
    let texts: [(&At<String>, &str, &str); 9] = [
        (&entry.controller.name, "who asks for consent", "fill in `controller.name`"),
        (&entry.controller.postal, "where the controller can be reached", "fill in `controller.postal`"),
        (&entry.controller.email, "where the controller can be reached by mail", "fill in `controller.email`"),
        (&entry.purpose.frequency, "how often mail comes", "fill in `purpose.frequency`"),
        (&entry.withdrawal.email, "how consent is withdrawn by mail", "fill in `withdrawal.email`"),
        (&entry.withdrawal.effect, "what withdrawal does not undo", "fill in `withdrawal.effect`"),
        (&entry.retention.subscription, "how long the address is kept", "fill in `retention.subscription`"),
        (&entry.double_opt_in.confirmed, "since when the confirmation mail is known to be switched on", "fill in `double_opt_in.confirmed`"),
        (&entry.statement, "what the reader agrees to", "fill in `statement`"),
    ];
    for (text, what, help) in texts {
        if text.value.trim().is_empty() && !is_hole(text) {
            missing(&text.range, what, help);
        }
    }
    if entry.purpose.topics.is_empty() {
        missing(place, "what the mail is about", "list at least one topic in `purpose.topics`");
    }
    if entry.channels.is_empty() {
        missing(place, "by which channel it comes", "write `channels: [email]`");
    }
    if entry.legal_basis.is_empty() {
        missing(place, "on which legal basis it rests", "list `legal_basis`");
    }
    if !entry.withdrawal.in_every_mail {
        missing(&entry.withdrawal.email.range, "that every mail holds a link for withdrawal", "write `in_every_mail: true`, and make it so");
    }
    if (entry.tracking.opens || entry.tracking.clicks) && !entry.tracking.separate_consent {
        missing(place, "that measuring has a consent of its own", "switch measuring off, or ask for it separately");
    }
    if let Some(processor) = &entry.processor {
        if entry.transfer.is_none() && !EEA.contains(&processor.country.value.0.as_str()) && !is_hole(&processor.country) {
            missing(&processor.country.range, "what makes the transfer to the third country lawful", "fill in `transfer`");
        }
        let brand = processor.brand.value.as_str();
        let named = entry.notice.iter().any(|paragraph| paragraph.text.value.contains(brand)) || entry.statement.value.contains(brand);
        if !named {
            missing(&processor.brand.range, &format!("that `{brand}` receives the address"), "name the processor in a paragraph of `notice`");
        }
    }
    if entry.transfer.as_ref().is_some_and(|transfer| transfer.evidence_url.is_none()) {
        missing(place, "where the transfer's basis can be seen", "fill in `transfer.evidence_url`");
    }
    let required = entry.data.iter().filter(|field| field.required && field.field.value != entry.form.email_field.value);
    for field in required {
        let finding = Diagnostic::error(codes::CONSENT_DATA, format!("`{}` is required for a newsletter", field.name));
        findings.push(finding.at(source.span(field.name.range.clone())).help("write `required: false`, or leave the field out"));
    }
    if entry.coupling.value != "none" && !is_hole(&entry.coupling) {
        let finding = Diagnostic::error(codes::CONSENT_COUPLING, format!("consent is tied to `{}`", entry.coupling));
        findings.push(finding.at(source.span(entry.coupling.range.clone())).help("write `coupling: none`, and make it so"));
    }
    findings
}

/// Names of laws that no longer carry consent.
fn law(entry: &NoticeEntry, source: &Source) -> Vec<Diagnostic> {
    const OBSOLETE: [(&str, &str); 4] = [
        ("TTDSG", "TDDDG"),
        ("TMG", "DDG or TDDDG"),
        ("§ 7 Abs. 2 Nr. 3 UWG", "§ 7 Abs. 2 Nr. 2 UWG"),
        ("Privacy Shield", "the Data Privacy Framework (Decision (EU) 2023/1795)"),
    ];
    let texts = entry.legal_basis.iter().chain([&entry.statement]).chain(entry.notice.iter().map(|paragraph| &paragraph.text));
    let mut findings = Vec::new();
    for text in texts {
        for (old, new) in OBSOLETE.iter().filter(|(old, _)| text.value.contains(old)) {
            let finding = Diagnostic::error(codes::CONSENT_LAW, format!("`{old}` is no current legal basis"));
            findings.push(finding.at(source.span(text.range.clone())).help(format!("cite {new}")));
        }
    }
    findings
}

/// The form leads to the provider it names, over https.
fn provider(entry: &NoticeEntry, source: &Source) -> Option<Diagnostic> {
    let action = &entry.form.action;
    let expected = match entry.form.provider {
        FormProvider::Mailto => return (!action.starts_with("mailto:")).then(|| wrong_action(action, "mailto:…", source)),
        FormProvider::Mailchimp => "list-manage.com",
        FormProvider::Brevo => "sibforms.com",
        FormProvider::Cleverreach => "cleverreach.com",
        FormProvider::Rapidmail => "emailsys1a.net",
        FormProvider::Buttondown => "buttondown.com",
        FormProvider::Mailerlite => "assets.mailerlite.com",
        // Run by the publisher: any host of theirs.
        FormProvider::Listmonk | FormProvider::Keila | FormProvider::Mautic | FormProvider::Sendy => "",
    };
    let host = host_of(action).filter(|_| action.starts_with("https://") && !action.contains(['"', '<', '>', '\\', ' ', ';', '\'']));
    let belongs = |host: &str| expected.is_empty() || host == expected || host.ends_with(&format!(".{expected}"));
    // A placeholder in the account's part of the host is still to be filled in.
    let is_open = action.contains("[[") && action.starts_with("https://");
    let fits = is_open || host.is_some_and(belongs);
    (!fits && !is_hole(action)).then(|| wrong_action(action, &format!("https://….{expected}/…"), source))
}

fn wrong_action(action: &At<String>, expected: &str, source: &Source) -> Diagnostic {
    Diagnostic::error(codes::CONSENT_PROVIDER, format!("`{action}` is no form address of this provider"))
        .at(source.span(action.range.clone()))
        .help(format!("copy the address from the provider's form, it looks like `{expected}`"))
}

/// The evidence for a transfer has a date of expiry.
fn stale(entry: &NoticeEntry, source: &Source, today: Day) -> Option<Diagnostic> {
    let transfer = entry.transfer.as_ref()?;
    let until = transfer.checked.value.0.plus_days(i64::from(transfer.recheck_days));
    (today > until).then(|| {
        Diagnostic::warning(codes::CONSENT_STALE, format!("the evidence for the transfer had to be checked again by {until}"))
            .at(source.span(transfer.checked.range.clone()))
            .help("look at `evidence_url`, then set `checked` to that day")
    })
}
