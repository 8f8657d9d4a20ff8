//! The eleven ways to subscribe whose forms are known: addresses, field names, traps, duties.
//!
//! One table, no rule: [`super::form`] fills a form from it and compares the editor's values
//! with it. Read from the providers' documentation, sources and stock forms in 2026; what was
//! only remembered is marked "not verified" and never makes an error.

use crate::parse::newsletter::FormProvider;

/// What is known of a provider's plain HTML form.
#[derive(Debug)]
pub(super) struct Provider {
    /// Hosts, and all below them; none for software that the publisher runs on a host of theirs.
    pub(super) hosts: &'static [&'static str],
    /// Pattern of path and query of the form's address.
    pub(super) path: &'static str,
    /// What that address looks like.
    pub(super) example: &'static str,
    /// Name of the field of the mail address; a pattern if the account chooses it.
    pub(super) email: &'static str,
    /// Pattern of the names of other fields.
    pub(super) others: &'static str,
    /// Fields with one fixed value; see [`super::form`] for what `{…}` stands for.
    pub(super) fixed: &'static [(&'static str, &'static str)],
    /// Hidden fields whose value the account brings: name, pattern, where it is found.
    pub(super) account: &'static [(&'static str, &'static str, &'static str)],
    /// The consent box, if the provider stores one.
    pub(super) consent: Option<Consent>,
    /// The trap for robots.
    pub(super) trap: Trap,
    /// The field that stores the version of the notice.
    pub(super) version: Version,
    /// Name of the button, if the provider looks for it.
    pub(super) submit: Option<&'static str>,
    /// Who confirms the address.
    pub(super) confirms: Confirms,
    /// What must be set in the account before `double_opt_in.confirmed` can be true.
    pub(super) settings: &'static str,
    /// What the reader will meet that a form cannot mend.
    pub(super) flaw: Option<&'static str>,
    /// Whether somebody else runs it and so processes the addresses (Art. 28 GDPR).
    pub(super) is_service: bool,
}

/// A consent box that the provider stores.
#[derive(Clone, Copy, Debug)]
pub(super) struct Consent {
    /// Pattern of its name; a name without gaps is also the default.
    pub(super) name: &'static str,
    /// Its value.
    pub(super) value: &'static str,
}

/// A field that people leave empty and robots fill in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trap {
    /// There is none.
    None,
    /// A text field of this name.
    Text(&'static str),
    /// A hidden field of this name, which must arrive empty.
    Hidden(&'static str),
    /// A text field whose name follows from the form's address: `{u}` is its parameter `u`.
    Derived(&'static str),
    /// A text field whose name the account brings, of one of these patterns.
    Account(&'static [&'static str]),
}

/// Where the version of the notice is stored.
#[derive(Clone, Copy, Debug)]
pub(super) enum Version {
    /// Nowhere: other fields are dropped.
    Dropped(&'static str),
    /// In a field whose name is of one of these patterns; the first argument is the usual name.
    Field(Option<&'static str>, &'static [&'static str]),
}

/// Who confirms the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confirms {
    /// The provider, always.
    Always,
    /// The provider, if it is switched on.
    IfSet,
    /// Nobody, unless the publisher builds it.
    Nobody,
}

const NONE: Provider = Provider {
    hosts: &[],
    path: "*",
    example: "",
    email: "email",
    others: "*",
    fixed: &[],
    account: &[],
    consent: None,
    trap: Trap::None,
    version: Version::Field(None, &["*"]),
    submit: None,
    confirms: Confirms::IfSet,
    settings: "",
    flaw: None,
    is_service: false,
};

const MAILCHIMP: Provider = Provider {
    hosts: &["list-manage.com"],
    path: "/subscribe/post?u=<hex:25>&id=<hex:10>*",
    example: "https://konto.us1.list-manage.com/subscribe/post?u=…&id=…&f_id=…",
    email: "EMAIL",
    consent: Some(Consent { name: "gdpr[<n>]", value: "Y" }),
    trap: Trap::Derived("b_{u}_{id}"),
    version: Version::Field(Some("CONSENTVER"), &["<caps>", "tags"]),
    submit: Some("subscribe"),
    settings: "in Mailchimp switch on double opt-in and the GDPR fields of the audience, both are off by default, and add a text field with the tag of the version field",
    is_service: true,
    ..NONE
};

const BREVO: Provider = Provider {
    hosts: &["sibforms.com"],
    path: "/serve/<id>*",
    example: "https://1a2b3c4d.sibforms.com/serve/…",
    email: "EMAIL",
    others: "<caps>",
    // Both not verified: remembered from stock forms.
    fixed: &[("locale", "{language}"), ("html_type", "simple")],
    consent: Some(Consent { name: "OPT_IN", value: "1" }),
    trap: Trap::Text("email_address_check"),
    version: Version::Field(Some("CONSENT_VERSION"), &["<caps>"]),
    settings: "in Brevo make the form with double confirmation, and an attribute with the name of the version field",
    is_service: true,
    ..NONE
};

const CLEVERREACH: Provider = Provider {
    hosts: &["cleverreach.com"],
    path: "/f/<id>/wcs/*",
    example: "https://eu.cleverreach.com/f/12345-67890/wcs/",
    others: "<n>*",
    version: Version::Field(None, &["<n>"]),
    confirms: Confirms::Always,
    settings: "CleverReach confirms always; look at the form's confirmation mail",
    is_service: true,
    ..NONE
};

const RAPIDMAIL: Provider = Provider {
    hosts: &["emailsys1a.net"],
    path: "/<n>/<n>/<id>/subscribe/form.html*",
    example: "https://t1a2b3c4d.emailsys1a.net/123/4567/89abcdef/subscribe/form.html",
    // The older form has two fixed traps, the newer one a random name.
    trap: Trap::Account(&["rm_email", "rm_comment", "f_<id>"]),
    // The names extra1 to extra10 are not verified.
    version: Version::Field(None, &["*"]),
    confirms: Confirms::Always,
    settings: "rapidmail confirms always; look at the form's confirmation mail",
    is_service: true,
    ..NONE
};

const LISTMONK: Provider = Provider {
    path: "*/subscription/form",
    example: "https://listen.example.org/subscription/form",
    others: "name",
    account: &[("l", "<uuid>", "the UUID of a public list, from the list's page in listmonk")],
    trap: Trap::Hidden("nonce"),
    version: Version::Dropped("listmonk drops fields it does not know: make one public list for each version of the notice, and name it after the version"),
    settings: "in listmonk set the list to double opt-in, record_optin_ip on, and the captcha off",
    ..NONE
};

const KEILA: Provider = Provider {
    path: "*/forms/<id>",
    example: "https://keila.example.org/forms/nfrm_1a2b3c4d",
    email: "contact[email]",
    others: "contact[*",
    trap: Trap::Text("h[url]"),
    version: Version::Field(Some("contact[data][consent_version]"), &["contact[data][<id>]"]),
    settings: "in Keila allow embedding as HTML, switch the captcha off and double opt-in on, the opposite of the default each time",
    ..NONE
};

const MAUTIC: Provider = Provider {
    path: "*/form/submit?formId=<n>",
    example: "https://mautic.example.org/form/submit?formId=1",
    email: "mauticform[<id>]",
    others: "mauticform[<id>]",
    fixed: &[("mauticform[formId]", "{formId}"), ("mauticform[return]", "")],
    account: &[("mauticform[formName]", "<id>", "the alias of the form in Mautic")],
    trap: Trap::Account(&["mauticform[<id>]"]),
    version: Version::Field(Some("mauticform[consent_version]"), &["mauticform[<id>]"]),
    submit: Some("mauticform[submit]"),
    confirms: Confirms::Nobody,
    settings: "Mautic has no double opt-in: build it with a campaign or a plug-in, and say in `double_opt_in.evidence` where that can be seen",
    ..NONE
};

const BUTTONDOWN: Provider = Provider {
    hosts: &["buttondown.com"],
    path: "/api/emails/embed-subscribe/<id>",
    example: "https://buttondown.com/api/emails/embed-subscribe/konto",
    others: "metadata__<id>",
    fixed: &[("embed", "1")],
    // That metadata needs a paid plan is reported, not verified; a tag does without.
    version: Version::Field(Some("metadata__consent_version"), &["metadata__<id>", "tag"]),
    settings: "in Buttondown leave double opt-in on",
    is_service: true,
    ..NONE
};

const MAILERLITE: Provider = Provider {
    hosts: &["assets.mailerlite.com"],
    path: "/jsonp/<n>/forms/<n>/subscribe",
    example: "https://assets.mailerlite.com/jsonp/12345/forms/67890/subscribe",
    email: "fields[email]",
    others: "fields[<id>]",
    fixed: &[("ml-submit", "1"), ("anticsrf", "true")],
    consent: Some(Consent { name: "gdpr[<id>]", value: "Y" }),
    version: Version::Field(Some("fields[consent_version]"), &["fields[<id>]"]),
    settings: "in MailerLite leave double opt-in on and switch reCAPTCHA off, and add a field with the key of the version field",
    flaw: Some("MailerLite answers a plain form with JSON: readers see code instead of a page after sending"),
    is_service: true,
    ..NONE
};

const SENDY: Provider = Provider {
    path: "*/subscribe",
    example: "https://sendy.example.org/subscribe",
    // `subform` is not verified.
    fixed: &[("subform", "yes")],
    account: &[("list", "<id>", "the id of the list, from `View all lists` in Sendy")],
    consent: Some(Consent { name: "gdpr", value: "true" }),
    trap: Trap::Text("hp"),
    settings: "in Sendy set the list to double opt-in; Sendy sends through Amazon SES, which is a recipient of its own",
    ..NONE
};

const MAILTO: Provider = Provider {
    example: "mailto:redaktion@example.org",
    version: Version::Dropped("a mail has no hidden fields; its subject names the version"),
    confirms: Confirms::Nobody,
    settings: "answer each mail by a message with a link or a request to confirm, and enter only who confirmed",
    ..NONE
};

/// What is known of a provider.
pub(super) fn provider(provider: FormProvider) -> &'static Provider {
    match provider {
        FormProvider::Mailchimp => &MAILCHIMP,
        FormProvider::Brevo => &BREVO,
        FormProvider::Cleverreach => &CLEVERREACH,
        FormProvider::Rapidmail => &RAPIDMAIL,
        FormProvider::Listmonk => &LISTMONK,
        FormProvider::Keila => &KEILA,
        FormProvider::Mautic => &MAUTIC,
        FormProvider::Buttondown => &BUTTONDOWN,
        FormProvider::Mailerlite => &MAILERLITE,
        FormProvider::Sendy => &SENDY,
        FormProvider::Mailto => &MAILTO,
    }
}
