//! Who receives the address, in which country, and by what right (Art. 13 (1) e and f, 28, 44 to 49 GDPR).

use crate::base::codes;
use crate::base::date::Day;
use crate::model::law::Event;
use crate::parse::decode::is_hole;
use crate::parse::law::EventStatus;
use crate::parse::newsletter::{Mechanism, NoticeEntry, Transfer};

use super::Report;
use super::providers::provider;

/// The European Economic Area, inside which no transfer has to be justified (Art. 44 GDPR).
const EEA: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT",
    "RO", "SE", "SI", "SK",
];

/// Checks recipient and transfer of a notice.
pub(super) fn check(entry: &NoticeEntry, events: &[Event], today: Day, report: &mut Report<'_>) {
    recipient(entry, report);
    if let Some(transfer) = &entry.transfer {
        evidence(transfer, entry, today, report);
        watched(transfer, events, today, report);
    }
}

fn recipient(entry: &NoticeEntry, report: &mut Report<'_>) {
    let Some(processor) = &entry.processor else {
        if provider(entry.form.provider).is_service {
            let help = "fill in `processor`: brand, company, country, and the links to its contract and privacy policy";
            report.error(codes::CONSENT_PROCESSOR, &entry.form.action.range, "the form goes to a service, but the record names no processor", help);
        }
        return;
    };
    if entry.transfer.is_none() && !EEA.contains(&processor.country.value.0.as_str()) && !is_hole(&processor.country) {
        let message = "the notice does not say what makes the transfer to the third country lawful";
        report.error(codes::CONSENT_STALE, &processor.country.range, message, "fill in `transfer`");
    }
    if entry.processor_privacy().is_none() {
        let message = format!("nothing leads to the privacy policy of `{}`", processor.brand);
        report.error(codes::CONSENT_POLICY, &processor.brand.range, message, "fill in `links.processor_privacy`");
    }
    let links = [&entry.links.processor_privacy, &processor.privacy_url, &processor.dpa_url, &processor.subprocessors_url];
    for address in links.into_iter().flatten().filter(|address| !address.0.starts_with("https://") && !address.0.is_empty()) {
        let message = format!("`{}` is not protected against changes on the way", address.0);
        report.error(codes::CONSENT_POLICY, &processor.brand.range, message, "write the address with `https://`");
    }
}

fn evidence(transfer: &Transfer, entry: &NoticeEntry, today: Day, report: &mut Report<'_>) {
    if transfer.evidence_url.is_none() {
        let message = "the notice does not say where the transfer's basis can be seen";
        report.error(codes::CONSENT_STALE, &entry.version.range, message, "fill in `transfer.evidence_url`");
    }
    if is_framework(transfer) && transfer.country.value.0 != "US" && !is_hole(&transfer.country) {
        let message = format!("the EU-US Data Privacy Framework does not cover `{}`", transfer.country.value.0);
        report.error(
            codes::CONSENT_STALE,
            &transfer.country.range,
            message,
            "write the mechanism that does (Decision (EU) 2023/1795 covers the United States)",
        );
    }
    let until = transfer.checked.value.0.plus_days(i64::from(transfer.recheck_days));
    if today > until && !is_hole(&transfer.checked) {
        let message = format!("the evidence for the transfer had to be checked again by {until}");
        report.warning(codes::CONSENT_STALE, &transfer.checked.range, message, "look at `evidence_url`, then set `checked` to that day");
    }
}

fn is_framework(transfer: &Transfer) -> bool {
    matches!(transfer.mechanism, Mechanism::Dpf | Mechanism::DpfAndScc)
}

/// Proceedings about the mechanism are looked at when their day has come. Which they are
/// stands in the record and in `content/law.yaml`, not here.
fn watched(transfer: &Transfer, events: &[Event], today: Day, report: &mut Report<'_>) {
    let Some(case) = &transfer.case else {
        if is_framework(transfer) {
            let message = "nothing says which proceedings about the Data Privacy Framework are watched";
            report.warning(
                codes::CONSENT_CASE,
                &transfer.checked.range,
                message,
                "name the event of content/law.yaml in `transfer.case`, for example by its case number",
            );
        }
        return;
    };
    let Some(event) = events.iter().find(|event| event.entry.title.contains(case.as_str())).filter(|_| !case.is_empty()) else {
        if !is_hole(case) {
            report.error(
                codes::CONSENT_CASE,
                &case.range,
                format!("no legal event names `{case}`"),
                "add the event to content/law.yaml, or copy the number from its title",
            );
        }
        return;
    };
    let (message, help) = match (event.entry.status, &event.entry.recheck) {
        (EventStatus::Pending, None) => (format!("nobody looks at the pending case `{case}` again"), "give its event in content/law.yaml a day `recheck`"),
        (EventStatus::Pending, Some(by)) if by.value.0 < today => (
            format!("the pending case `{case}` had to be looked at by {}", by.value.0),
            "look whether it was decided, then set `recheck` of its event and `checked` here",
        ),
        (EventStatus::InForce | EventStatus::Repealed, _) if event.entry.date.value.0.first_day() > transfer.checked.value.0 => {
            (format!("`{case}` was decided after the evidence was checked"), "look whether the mechanism still holds, then set `checked`")
        }
        _ => return,
    };
    report.warning(codes::CONSENT_CASE, &case.range, message, help);
}
