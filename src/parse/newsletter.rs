//! `content/newsletter.yaml`: the consent notice, one entry per version.
//!
//! The fields are those that Art. 7 and 13 GDPR and § 7 UWG make a reader's
//! consent provable with; which of them must be filled is checked in `model::consent`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::scalar::{Country, Date, Slug, WebAddress};

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Newsletter consent notices")]
pub struct NewsletterFile {
    /// Every version ever shown; the highest is the current one.
    pub notices: Vec<NoticeEntry>,
}

/// One version of a notice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeEntry {
    /// The newsletter it is about.
    pub id: At<Slug>,
    /// 1, 2, 3 …
    pub version: At<u32>,
    /// First day it was shown.
    pub valid_from: At<Date>,
    /// Last day it was shown.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Language of the texts.
    pub language: super::config::Language,
    /// Who asks for consent (Art. 13 (1) a, b GDPR).
    pub controller: Controller,
    /// What for (specific: Art. 4 No. 11 GDPR).
    pub purpose: Purpose,
    /// By which channel.
    pub channels: Vec<Channel>,
    /// Which data, and why.
    pub data: Vec<DataField>,
    /// Legal bases as they are shown.
    pub legal_basis: Vec<At<String>>,
    /// Who sends for us (Art. 28 GDPR).
    #[serde(default)]
    pub processor: Option<Processor>,
    /// Third country, instrument, evidence (Art. 13 (1) f, Art. 44 to 49 GDPR).
    #[serde(default)]
    pub transfer: Option<Transfer>,
    /// How the address is confirmed.
    pub double_opt_in: DoubleOptIn,
    /// Whether opening and clicking is measured (§ 25 TDDDG).
    pub tracking: Tracking,
    /// How consent is withdrawn (Art. 7 (3) GDPR).
    pub withdrawal: Withdrawal,
    /// How long data and proof are kept.
    pub retention: Retention,
    /// What the consent is tied to: nothing (Art. 7 (4) GDPR).
    pub coupling: At<String>,
    /// Where more is said.
    pub links: NoticeLinks,
    /// The sentence beside the box.
    pub statement: At<String>,
    /// The paragraphs before the button.
    pub notice: Vec<NoticeParagraph>,
    /// The button's label: names the act.
    pub button: At<String>,
    /// The form.
    pub form: Form,
}

impl NoticeEntry {
    /// The processor's privacy policy, as the notice links to it.
    pub fn processor_privacy(&self) -> Option<&WebAddress> {
        self.links.processor_privacy.as_ref().or_else(|| self.processor.as_ref()?.privacy_url.as_ref())
    }
}

/// Who asks for consent.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// Name.
    pub name: At<String>,
    /// Postal address.
    pub postal: At<String>,
    /// Mail address.
    pub email: At<String>,
    /// Data protection officer.
    #[serde(default)]
    pub dpo: Option<At<String>>,
}

/// What for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Topics.
    pub topics: Vec<At<String>>,
    /// How often.
    pub frequency: At<String>,
    /// Whether it is advertising (§ 7 UWG).
    pub is_advertising: bool,
}

/// A channel of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// Mail.
    Email,
}

/// A piece of data that the form asks for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataField {
    /// Its label.
    pub name: At<String>,
    /// The provider's field name; may be left out for the mail address.
    #[serde(default)]
    pub field: Option<At<String>>,
    /// Whether it must be given.
    pub required: bool,
    /// What it is needed for.
    pub why: String,
}

/// Who sends for us.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Processor {
    /// The name people know.
    pub brand: At<String>,
    /// The company.
    pub legal_entity: At<String>,
    /// Its seat.
    pub country: At<Country>,
    /// The processing agreement.
    #[serde(default)]
    pub dpa_url: Option<WebAddress>,
    /// Its privacy policy.
    #[serde(default)]
    pub privacy_url: Option<WebAddress>,
    /// Its sub-processors.
    #[serde(default)]
    pub subprocessors_url: Option<WebAddress>,
}

/// A transfer to a third country.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Where to.
    pub country: At<Country>,
    /// What makes it lawful.
    pub mechanism: Mechanism,
    /// Where that can be seen.
    #[serde(default)]
    pub evidence_url: Option<WebAddress>,
    /// The day somebody looked.
    pub checked: At<Date>,
    /// Days until somebody must look again.
    pub recheck_days: u32,
    /// Proceedings about the mechanism, as the title of their event in `content/law.yaml` names
    /// them: `C-703/25 P`.
    #[serde(default)]
    pub case: Option<At<String>>,
}

/// What makes a transfer lawful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Mechanism {
    /// An adequacy decision for the country (Art. 45 GDPR).
    #[serde(rename = "adequacy")]
    Adequacy,
    /// The EU-US Data Privacy Framework (Decision (EU) 2023/1795).
    #[serde(rename = "dpf")]
    Dpf,
    /// Standard contractual clauses (Decision (EU) 2021/914).
    #[serde(rename = "scc")]
    Scc,
    /// Both.
    #[serde(rename = "dpf+scc")]
    DpfAndScc,
}

/// How the address is confirmed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DoubleOptIn {
    /// Who sends the confirmation mail.
    pub by: ConfirmedBy,
    /// The day somebody saw that it is switched on (or a placeholder).
    pub confirmed: At<String>,
    /// What shows it, where the provider's software has none built in.
    #[serde(default)]
    pub evidence: Option<At<String>>,
    /// Days until unconfirmed addresses are deleted.
    pub purge_unconfirmed_days: u32,
}

/// Who sends the confirmation mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ConfirmedBy {
    /// The provider.
    Provider,
    /// We do.
    #[serde(rename = "self")]
    Ourselves,
}

/// Whether opening and clicking is measured.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tracking {
    /// Opening.
    pub opens: bool,
    /// Clicking.
    pub clicks: bool,
    /// Whether measuring has a consent of its own.
    pub separate_consent: bool,
}

/// How consent is withdrawn.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// By mail to.
    pub email: At<String>,
    /// Whether every mail holds a link for it.
    pub in_every_mail: bool,
    /// What withdrawal does not undo.
    pub effect: At<String>,
}

/// How long data and proof are kept.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// The address.
    pub subscription: At<String>,
    /// Years the proof is kept after withdrawal.
    pub proof_years: u32,
    /// Why.
    pub why: At<String>,
}

/// Where more is said.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeLinks {
    /// Page of this site, with anchor: `datenschutz#newsletter`.
    pub privacy_policy: At<String>,
    /// Page of this site.
    pub imprint: At<String>,
    /// The processor's privacy policy.
    #[serde(default)]
    pub processor_privacy: Option<WebAddress>,
}

/// A paragraph of the notice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeParagraph {
    /// Its heading.
    pub title: At<String>,
    /// Its text (Markdown).
    pub text: At<String>,
}

/// The form.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Who receives it.
    pub provider: FormProvider,
    /// Where it is sent.
    pub action: At<String>,
    /// The provider's name for the mail address, where the account chooses it.
    #[serde(default)]
    pub email_field: Option<At<String>>,
    /// The provider's name for the consent box, where the account chooses it.
    #[serde(default)]
    pub consent_field: Option<At<String>>,
    /// The provider's trap for robots, where the account brings its name.
    #[serde(default)]
    pub honeypot: Option<At<String>>,
    /// A field that stores the version of the notice, if it is not the provider's usual one.
    #[serde(default)]
    pub version_field: Option<At<String>>,
    /// Fields whose value the account brings; what is the same in every account is filled in.
    #[serde(default)]
    pub hidden: BTreeMap<At<String>, String>,
    /// Hosts that the provider redirects to (CSP `form-action`).
    #[serde(default)]
    pub extra_form_action: Vec<WebAddress>,
}

/// The providers whose fields are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is its provider's name")]
pub enum FormProvider {
    Mailchimp,
    Brevo,
    Cleverreach,
    Rapidmail,
    Listmonk,
    Keila,
    Mautic,
    Buttondown,
    Mailerlite,
    Sendy,
    Mailto,
}
