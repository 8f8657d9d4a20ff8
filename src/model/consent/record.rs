//! The record's fields: what must be filled in, and what only one value is right for.

use std::ops::Range;

use crate::base::codes;
use crate::base::date::Day;
use crate::parse::at::At;
use crate::parse::decode::is_hole;
use crate::parse::newsletter::{ConfirmedBy, FormProvider, NoticeEntry};

use super::Report;
use super::providers::{Confirms, provider};

/// Checks the fields of a notice.
pub(super) fn check(entry: &NoticeEntry, today: Day, report: &mut Report<'_>) {
    texts(entry, report);
    lists(entry, report);
    double_opt_in(entry, today, report);
    let required = entry.data.iter().filter(|data| data.required && data.field.as_ref().is_some_and(|field| !is_email(entry, field)));
    for data in required {
        let help = "write `required: false`, or leave the field out";
        report.error(codes::CONSENT_DATA, &data.name.range, format!("`{}` is required for a newsletter", data.name), help);
    }
    if entry.coupling.value != "none" && !is_hole(&entry.coupling) {
        report.error(
            codes::CONSENT_COUPLING,
            &entry.coupling.range,
            format!("consent is tied to `{}`", entry.coupling),
            "write `coupling: none`, and make it so",
        );
    }
}

fn is_email(entry: &NoticeEntry, field: &str) -> bool {
    super::form::ready(entry).email == field
}

/// Texts that must say something, and the facts without which consent is not informed.
fn texts(entry: &NoticeEntry, report: &mut Report<'_>) {
    let texts: [(&At<String>, &str, &str); 8] = [
        (&entry.controller.name, "who asks for consent", "fill in `controller.name`"),
        (&entry.controller.postal, "where the controller can be reached", "fill in `controller.postal`"),
        (&entry.controller.email, "where the controller can be reached by mail", "fill in `controller.email`"),
        (&entry.purpose.frequency, "how often mail comes", "fill in `purpose.frequency`"),
        (&entry.withdrawal.email, "how consent is withdrawn by mail", "fill in `withdrawal.email`"),
        (&entry.withdrawal.effect, "what withdrawal does not undo", "fill in `withdrawal.effect`"),
        (&entry.retention.subscription, "how long the address is kept", "fill in `retention.subscription`"),
        (&entry.statement, "what the reader agrees to", "fill in `statement`"),
    ];
    for (text, what, help) in texts {
        if text.value.trim().is_empty() && !is_hole(text) {
            missing(report, codes::CONSENT_INCOMPLETE, &text.range, what, help);
        }
    }
}

fn lists(entry: &NoticeEntry, report: &mut Report<'_>) {
    let place = &entry.version.range;
    if entry.purpose.topics.is_empty() {
        missing(report, codes::CONSENT_TOPIC, place, "what the mail is about", "list at least one topic in `purpose.topics`");
    }
    if entry.channels.is_empty() {
        missing(report, codes::CONSENT_CHANNEL, place, "by which channel it comes", "write `channels: [email]`");
    }
    if entry.legal_basis.is_empty() {
        missing(report, codes::CONSENT_INCOMPLETE, place, "on which legal basis it rests", "list `legal_basis`");
    }
    if !entry.withdrawal.in_every_mail {
        let what = "that every mail holds a link for withdrawal";
        missing(report, codes::CONSENT_WITHDRAWAL, &entry.withdrawal.email.range, what, "write `in_every_mail: true`, and make it so");
    }
    if (entry.tracking.opens || entry.tracking.clicks) && !entry.tracking.separate_consent {
        let what = "that measuring has a consent of its own";
        missing(report, codes::CONSENT_INCOMPLETE, place, what, "switch measuring off, or ask for it separately");
    }
}

fn missing(report: &mut Report<'_>, code: codes::Code, at: &Range<usize>, what: &str, help: &str) {
    report.error(code, at, format!("the notice does not say {what}"), help);
}

/// The address is confirmed by its owner, and somebody saw that it is: without that the
/// controller can prove nothing (Art. 7 (1) GDPR; BGH, 10 February 2011, I ZR 164/09).
fn double_opt_in(entry: &NoticeEntry, today: Day, report: &mut Report<'_>) {
    let (given, known) = (&entry.double_opt_in, provider(entry.form.provider));
    let confirmed = &given.confirmed;
    if is_hole(confirmed) {
        return;
    }
    let is_open = confirmed.contains("[[");
    let day = Day::parse(confirmed.trim());
    // Nobody can confirm anything before the account is known.
    if is_open && !super::form::ready(entry).is_open {
        report.note(codes::CONSENT_CONFIRMED, &confirmed.range, "nobody has seen yet that addresses are confirmed", known.settings);
    } else if !is_open && day.is_none_or(|day| day > today) {
        let what = "since when the confirmation mail is known to be switched on";
        report.error(
            codes::CONSENT_CONFIRMED,
            &confirmed.range,
            format!("the notice does not say {what}"),
            format!("{}; then write the day into `double_opt_in.confirmed`", known.settings),
        );
    }
    let has_evidence = given.evidence.as_ref().is_some_and(|evidence| !evidence.trim().is_empty());
    if known.confirms == Confirms::Nobody && given.by == ConfirmedBy::Provider {
        report.error(codes::CONSENT_CONFIRMED, &confirmed.range, "this provider confirms no address", "write `by: self`, and make it so");
    } else if known.confirms == Confirms::Nobody && entry.form.provider != FormProvider::Mailto && !has_evidence {
        report.error(codes::CONSENT_CONFIRMED, &confirmed.range, "nothing shows that addresses are confirmed", known.settings);
    } else if known.confirms == Confirms::Always && given.by == ConfirmedBy::Ourselves {
        report.error(codes::CONSENT_CONFIRMED, &confirmed.range, "this provider confirms every address itself", "write `by: provider`");
    }
}
