//! The consent notice as templates see it: its text, its form, and the record that the
//! privacy policy's section is made of.

use serde::Serialize;

use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::parse::newsletter::{ConfirmedBy, Mechanism, NoticeEntry};
use crate::parse::strings::Strings;

use super::super::body;
use super::cell::country_name;

/// A paragraph of a notice.
#[derive(Clone, Debug, Serialize)]
pub struct ParagraphView {
    /// Its heading.
    pub title: String,
    /// Its text.
    pub text_html: String,
}

/// A field of the form.
#[derive(Clone, Debug, Serialize)]
pub struct FieldView {
    /// Its label.
    pub label: String,
    /// Its name.
    pub name: String,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it takes the mail address.
    pub email: bool,
    /// What it is needed for.
    pub why: String,
}

/// A field that people leave empty.
#[derive(Clone, Debug, Serialize)]
pub struct TrapView {
    /// Its name.
    pub name: String,
    /// Whether it is a hidden field.
    pub hidden: bool,
}

/// The transfer to a third country.
#[derive(Clone, Debug, Serialize)]
pub struct TransferView {
    /// Where to.
    pub country: String,
    /// `adequacy`, `dpf`, `scc`, `both`.
    pub mechanism: &'static str,
    /// Where that can be seen.
    pub evidence_url: Option<String>,
    /// The day somebody looked.
    pub checked: String,
}

/// What the record says beside the words of the notice (Art. 13 GDPR).
#[derive(Clone, Debug, Serialize)]
pub struct RecordView {
    /// Who asks.
    pub controller_html: String,
    /// Postal address.
    pub postal_html: String,
    /// Mail address.
    pub email_html: String,
    /// Data protection officer.
    pub dpo_html: Option<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// How often.
    pub frequency: String,
    /// Whether it is advertising.
    pub advertising: bool,
    /// The transfer to a third country.
    pub transfer: Option<TransferView>,
    /// The processing agreement.
    pub dpa_url: Option<String>,
    /// The sub-processors.
    pub subprocessors_url: Option<String>,
    /// Whether the provider confirms the address.
    pub confirmed_by_provider: bool,
    /// Days until unconfirmed addresses are deleted.
    pub purge_days: u32,
    /// Whether opening or clicking is measured.
    pub measured: bool,
    /// By mail to.
    pub withdrawal_html: String,
    /// What withdrawal does not undo.
    pub effect: String,
    /// How long the address is kept.
    pub subscription: String,
    /// Years the proof is kept.
    pub proof_years: u32,
    /// Why.
    pub why: String,
    /// The supervisory authority of the publisher.
    pub authority_html: Option<String>,
}

/// A version of the consent notice, with its form.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// 1, 2, 3 …
    pub version: u32,
    /// First day it was shown.
    pub valid_from: String,
    /// Last day it was shown.
    pub valid_to: Option<String>,
    /// SHA-256 of its text.
    pub sha256: String,
    /// The first twelve digits of it.
    pub short_hash: String,
    /// Its archive page.
    pub url: String,
    /// Whether it is shown now.
    pub current: bool,
    /// Whether the form can be sent: the record is complete and the form has no placeholder.
    pub live: bool,
    /// Whether it is a link that starts a mail instead of a form.
    pub mail: bool,
    /// The paragraphs before the button.
    pub paragraphs: Vec<ParagraphView>,
    /// The sentence beside the box.
    pub statement_html: String,
    /// The button's label.
    pub button: String,
    /// Legal bases.
    pub legal_basis: Vec<String>,
    /// Where the form is sent, or the mail with its subject.
    pub action: String,
    /// The fields.
    pub fields: Vec<FieldView>,
    /// Name and value of the consent box, if the provider stores one.
    pub consent: Option<(String, String)>,
    /// The trap for robots.
    pub trap: Option<TrapView>,
    /// Name of the field that stores the version.
    pub version_field: Option<String>,
    /// What that field holds.
    pub version_value: String,
    /// Hidden fields: name and value.
    pub hidden: Vec<(String, String)>,
    /// Name of the button.
    pub submit: Option<&'static str>,
    /// The privacy policy's part about it.
    pub privacy_url: String,
    /// The imprint.
    pub imprint_url: String,
    /// The processor's name.
    pub processor: Option<String>,
    /// The processor's company and seat.
    pub processor_entity: Option<String>,
    /// The processor's own privacy policy.
    pub processor_privacy_url: Option<String>,
    /// The record.
    pub record: RecordView,
}

impl NoticeView {
    pub(super) fn new(index: usize, site: &Site, strings: &Strings) -> Self {
        let notice = &site.notices[index];
        let (entry, form) = (&notice.entry, &notice.form);
        let (paragraphs, statement) = &site.notice_texts[index];
        let inside = |target: &str| {
            let (page, anchor) = target.split_once('#').unwrap_or((target, ""));
            let route = crate::base::path::Route::parse(&format!("{}/", page.trim_matches('/')));
            route.map(|route| address(&route, anchor)).unwrap_or_default()
        };
        let short_hash = notice.sha256[..12].to_owned();
        let version = entry.version.value;
        let paragraphs = entry.notice.iter().zip(paragraphs);
        let action = if form.is_mail {
            let subject = strings.fill("newsletter.mail_subject", &[("button", &entry.button), ("version", &version.to_string()), ("hash", &short_hash)]);
            format!("{}?subject={}", form.action, percent_encoded(&subject))
        } else {
            form.action.clone()
        };
        Self {
            version,
            valid_from: entry.valid_from.value.0.to_string(),
            valid_to: entry.valid_to.as_ref().map(|date| date.0.to_string()),
            url: site.route(PageKind::Notice(index)).map(|route| address(route, "")).unwrap_or_default(),
            current: notice.current,
            live: notice.complete && !form.is_open,
            mail: form.is_mail,
            paragraphs: paragraphs.map(|(entry, text)| ParagraphView { title: entry.title.value.clone(), text_html: body::html(text) }).collect(),
            statement_html: body::html(statement),
            button: entry.button.value.clone(),
            legal_basis: entry.legal_basis.iter().map(|basis| basis.value.clone()).collect(),
            action,
            fields: fields(entry, &form.email),
            consent: form.consent.clone(),
            trap: form.trap.clone().map(|(name, hidden)| TrapView { name, hidden }),
            version_field: form.version.clone(),
            version_value: format!("v{version}:{short_hash}"),
            hidden: form.hidden.clone(),
            submit: form.submit,
            privacy_url: inside(&entry.links.privacy_policy),
            imprint_url: inside(&entry.links.imprint),
            processor: entry.processor.as_ref().map(|processor| processor.brand.value.clone()),
            processor_entity: entry
                .processor
                .as_ref()
                .map(|processor| format!("{}, {}", processor.legal_entity, country_name(&processor.country.value.0, strings))),
            processor_privacy_url: entry.processor_privacy().map(|url| url.0.clone()),
            record: record(entry, site, strings),
            sha256: notice.sha256.clone(),
            short_hash,
        }
    }
}

fn fields(entry: &NoticeEntry, email: &str) -> Vec<FieldView> {
    let field = |data: &crate::parse::newsletter::DataField| {
        let name = data.field.as_ref().map_or(email, |name| name.as_str());
        FieldView { label: data.name.value.clone(), name: name.to_owned(), required: data.required, email: name == email, why: data.why.clone() }
    };
    entry.data.iter().map(field).collect()
}

fn record(entry: &NoticeEntry, site: &Site, strings: &Strings) -> RecordView {
    let marked = |text: &str| body::mark_placeholders(&body::escape(text));
    let transfer = entry.transfer.as_ref().map(|transfer| TransferView {
        country: country_name(&transfer.country.value.0, strings),
        mechanism: match transfer.mechanism {
            Mechanism::Adequacy => "adequacy",
            Mechanism::Dpf => "dpf",
            Mechanism::Scc => "scc",
            Mechanism::DpfAndScc => "both",
        },
        evidence_url: transfer.evidence_url.as_ref().map(|url| url.0.clone()),
        checked: transfer.checked.value.0.to_string(),
    });
    let processor = entry.processor.as_ref();
    RecordView {
        controller_html: marked(&entry.controller.name),
        postal_html: marked(&entry.controller.postal),
        email_html: marked(&entry.controller.email),
        dpo_html: entry.controller.dpo.as_ref().map(|dpo| marked(dpo)),
        topics: entry.purpose.topics.iter().map(|topic| topic.value.clone()).collect(),
        frequency: entry.purpose.frequency.value.clone(),
        advertising: entry.purpose.is_advertising,
        transfer,
        dpa_url: processor.and_then(|processor| processor.dpa_url.as_ref()).map(|url| url.0.clone()),
        subprocessors_url: processor.and_then(|processor| processor.subprocessors_url.as_ref()).map(|url| url.0.clone()),
        confirmed_by_provider: entry.double_opt_in.by == ConfirmedBy::Provider,
        purge_days: entry.double_opt_in.purge_unconfirmed_days,
        measured: entry.tracking.opens || entry.tracking.clicks,
        withdrawal_html: marked(&entry.withdrawal.email),
        effect: entry.withdrawal.effect.value.clone(),
        subscription: entry.retention.subscription.value.clone(),
        proof_years: entry.retention.proof_years,
        why: entry.retention.why.value.clone(),
        authority_html: site.config.publisher.authority.as_ref().map(|authority| marked(authority)),
    }
}

/// A value in the query of an address (RFC 3986, 2.1 and 2.3; RFC 6068 for mail).
fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
