//! What the notice says in words, compared with what the record says in fields.
//!
//! The record alone informs nobody: controller, topic, channel, recipient, withdrawal and
//! the moment of transmission must stand in the text that the reader sees.

use crate::base::canon::canonical;
use crate::base::codes;
use crate::parse::decode::is_hole;
use crate::parse::law::ObsoleteEntry;
use crate::parse::newsletter::{FormProvider, NoticeEntry};

use super::super::obsolete::used;
use super::Report;
use super::words::{says, words};

/// Checks the texts of a notice; `obsolete` are the names of laws that are no longer in force.
pub(super) fn check(entry: &NoticeEntry, obsolete: &[ObsoleteEntry], report: &mut Report<'_>) {
    let statement = canonical([entry.statement.as_str()]);
    let paragraphs = entry.notice.iter().flat_map(|paragraph| [paragraph.title.as_str(), paragraph.text.as_str()]);
    let all = canonical(paragraphs.chain([entry.statement.as_str()]));
    if !is_hole(&entry.statement) && !statement.is_empty() {
        said_in_the_statement(entry, &statement, report);
    }
    said_somewhere(entry, &all, report);
    button(entry, report);
    outdated(entry, obsolete, report);
}

/// Whose mail, what about, by which channel: part of what the reader agrees to
/// (BGH, 14 March 2017, VI ZR 721/15).
fn said_in_the_statement(entry: &NoticeEntry, statement: &str, report: &mut Report<'_>) {
    let (at, small) = (&entry.statement.range, statement.to_lowercase());
    let name = canonical([entry.controller.name.as_str()]);
    if !name.is_empty() && !statement.contains(&name) {
        report.error(
            codes::CONSENT_CONTROLLER,
            at,
            format!("the statement does not say that `{name}` asks"),
            "name the controller in `statement`, spelled as in `controller.name`",
        );
    }
    for topic in &entry.purpose.topics {
        let topic_words = topic.to_lowercase();
        let mut telling = topic_words.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.chars().count() > 4).peekable();
        if telling.peek().is_some() && !telling.any(|word| small.contains(word)) {
            report.error(
                codes::CONSENT_TOPIC,
                at,
                format!("the statement does not say that mail is about `{topic}`"),
                "name each topic of `purpose.topics` in `statement`",
            );
        }
    }
    if !says(&small, words(entry.language).channel) {
        report.error(codes::CONSENT_CHANNEL, at, "the statement does not say by which channel mail comes", "write that it comes by e-mail");
    }
}

fn said_somewhere(entry: &NoticeEntry, all: &str, report: &mut Report<'_>) {
    let (at, small, words) = (&entry.version.range, all.to_lowercase(), words(entry.language));
    if let Some(processor) = &entry.processor {
        let brand = canonical([processor.brand.as_str()]);
        if !brand.is_empty() && !all.contains(&brand) {
            let message = format!("the notice does not say that `{brand}` receives the address");
            report.error(codes::CONSENT_PROCESSOR, &processor.brand.range, message, "name the processor in a paragraph of `notice`");
        }
    }
    let email = canonical([entry.withdrawal.email.as_str()]);
    if !email.is_empty() && !all.contains(&email) {
        let help = "write the address of `withdrawal.email` into the paragraph about withdrawal";
        report.error(codes::CONSENT_WITHDRAWAL, &entry.withdrawal.email.range, format!("the notice does not say that withdrawal goes to `{email}`"), help);
    }
    let effect = canonical([entry.withdrawal.effect.as_str()]);
    if !effect.is_empty() && !all.contains(&effect) {
        let help = "repeat the sentence of `withdrawal.effect` in the paragraph about withdrawal";
        report.error(codes::CONSENT_WITHDRAWAL, &entry.withdrawal.effect.range, "the notice does not say what withdrawal does not undo", help);
    }
    if !says(&small, words.any_time) {
        let help = format!("write `{}` into the paragraph about withdrawal", words.any_time[0]);
        report.error(codes::CONSENT_WITHDRAWAL, at, "the notice does not say that consent can be withdrawn whenever the reader likes", help);
    }
    let is_form = entry.form.provider != FormProvider::Mailto;
    if is_form && !(says(&small, words.device) && says(&small, words.sending)) {
        let help = "write that the browser connects to the form's server only when the form is sent, and that the IP address is transmitted then";
        report.error(codes::CONSENT_SENDING, at, "the notice does not say what is transmitted when the form is sent", help);
    }
    if let Some(tie) = words.ties.iter().find(|tie| small.contains(*tie)) {
        report.error(
            codes::CONSENT_COUPLING,
            at,
            format!("“{tie}” ties consent to something else"),
            "take it out of the notice: nothing may depend on this consent",
        );
    }
}

/// The button says what a click does (§ 7 (2) No. 2 UWG: an express act).
fn button(entry: &NoticeEntry, report: &mut Report<'_>) {
    let label = entry.button.to_lowercase();
    if !is_hole(&entry.button) && !says(&label, words(entry.language).acts) {
        let help = match entry.language {
            crate::parse::config::Language::De => "write `Newsletter abonnieren`",
            crate::parse::config::Language::En => "write `Subscribe to the newsletter`",
        };
        report.error(codes::CONSENT_BUTTON, &entry.button.range, format!("the button `{}` does not name the act", entry.button), help);
    }
}

/// Names of laws that no longer carry consent: in a notice nothing is told of the past.
fn outdated(entry: &NoticeEntry, names: &[ObsoleteEntry], report: &mut Report<'_>) {
    let paragraphs = entry.notice.iter().flat_map(|paragraph| [&paragraph.title, &paragraph.text]);
    for text in entry.legal_basis.iter().chain([&entry.statement, &entry.retention.why]).chain(paragraphs) {
        let plain = canonical([text.as_str()]);
        for (range, name) in used(&plain, names) {
            report.error(codes::CONSENT_LAW, &text.range, format!("`{}` is no current legal basis", &plain[range]), format!("cite {}", name.now));
        }
    }
}
