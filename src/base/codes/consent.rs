//! `C`: the newsletter's consent notice.

use super::{Code, Doc, Letter};

codes! { CONSENT;
    CONSENT_INCOMPLETE = Consent 100 "a consent notice that is not complete",
        "The record lacks something without which consent would not be informed (Art. 4 No. 11, Art. 7, Art. 13 GDPR). No form is rendered until it is complete.",
        wrong "topics: []", right "topics: [Datenschutz bei Videokonferenzen]";
    CONSENT_VERSION = Consent 116 "a changed notice under an old version",
        "The text of a version that was shown to somebody is evidence and never changes. Write a new entry with the next version number; content/newsletter.lock keeps the hashes.",
        wrong "version: 1 with another text", right "version: 2";
    CONSENT_PROVIDER = Consent 113 "a form address that is not the provider's",
        "The form is sent to `form.action`: https, and a host of the named provider.",
        wrong "action: http://evil.example/", right "action: https://konto.us1.list-manage.com/subscribe/post?u=…&id=…";
    CONSENT_COUPLING = Consent 115 "consent tied to something else",
        "Consent is free only if nothing depends on it (Art. 7(4) GDPR). `coupling` is `none`.",
        wrong "coupling: download", right "coupling: none";
    CONSENT_STALE = Consent 105 "transfer evidence that must be looked at again",
        "The evidence for the transfer to a third country was checked more than `recheck_days` ago.",
        wrong "checked: 2025-01-01, recheck_days: 90", right "checked: 2026-11-23, recheck_days: 90";
    CONSENT_DATA = Consent 111 "more required data than needed",
        "For a newsletter only the mail address may be required (Art. 5(1)(c) GDPR).",
        wrong "- {name: Vorname, required: true}", right "- {name: Vorname, required: false}";
    CONSENT_LAW = Consent 118 "an obsolete law in the notice",
        "TTDSG, TMG, § 7 Abs. 2 Nr. 3 UWG (for e-mail) and the Privacy Shield are no current legal basis.",
        wrong "§ 13 TMG", right "Art. 6 Abs. 1 lit. a DSGVO";
}
