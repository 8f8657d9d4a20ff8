//! `C`: the newsletter's consent notice.

use super::{Code, Doc, Letter};

codes! { CONSENT;
    CONSENT_INCOMPLETE = Consent 100 "a consent notice that is not complete",
        "The record lacks something without which consent would not be informed (Art. 4 No. 11, Art. 7, Art. 13 GDPR). No form is rendered until it is complete.",
        wrong "frequency: ''", right "frequency: einmal im Monat";
    CONSENT_CONTROLLER = Consent 101 "a statement that does not say who asks",
        "Whoever agrees must know to whom: the name of `controller.name` stands in the sentence beside the box, not only in the privacy policy (Art. 4 No. 11, Art. 13(1)(a) GDPR).",
        wrong "statement: Ich möchte den Newsletter.", right "statement: Ich möchte den Newsletter der Musterstelle …";
    CONSENT_TOPIC = Consent 102 "a statement that does not say what mail is about",
        "Consent is for one purpose (Art. 4 No. 11 GDPR). Each topic of `purpose.topics` is named in the sentence beside the box, at least by one of its words.",
        wrong "topics: []", right "topics: [Datenschutz bei Videokonferenzen]";
    CONSENT_CHANNEL = Consent 103 "a statement that does not name the channel",
        "Consent to advertising holds for the channel it names (§ 7(2) No. 2 UWG). The sentence beside the box says that mail comes by e-mail.",
        wrong "statement: Ich möchte informiert werden …", right "statement: Ich möchte per E-Mail informiert werden …";
    CONSENT_PROCESSOR = Consent 104 "a recipient that the notice does not name",
        "Who receives the address is said before it is given (Art. 13(1)(e) GDPR). A form that goes to a service needs `processor`, and its name stands in the notice.",
        wrong "provider: mailchimp, without `processor`", right "processor: {brand: Mailchimp, …} and its name in a paragraph";
    CONSENT_STALE = Consent 105 "a transfer to a third country without current evidence",
        "Outside the EEA the record says by which mechanism the address is transferred, where that can be seen, and when somebody looked; after `recheck_days` somebody looks again.",
        wrong "checked: 2025-01-01, recheck_days: 90", right "checked: 2026-11-23, recheck_days: 90";
    CONSENT_ANCHOR = Consent 106 "a privacy policy without its section about the newsletter",
        "The second layer of the information is the policy's section about the newsletter: `links.privacy_policy` names page and section, and both exist.",
        wrong "privacy_policy: datenschutz", right "privacy_policy: datenschutz#newsletter";
    CONSENT_POLICY = Consent 107 "no protected link to the processor's privacy policy",
        "Readers find what the recipient says itself, by an https address that nobody can change on the way.",
        wrong "processor_privacy: http://example.org/", right "processor_privacy: https://example.org/";
    CONSENT_WITHDRAWAL = Consent 108 "a notice without the whole of withdrawal before the button",
        "Before consent the reader is told of withdrawal: when (at any time), how (a link in every mail, and an address), and that what happened until then stays lawful (Art. 7(3) GDPR). It stands before the button.",
        wrong "withdrawal: {email: '', …}", right "notice: … jederzeit, mit dem Link in jeder E-Mail oder an …";
    CONSENT_TICKED = Consent 109 "consent that is given already",
        "A box that is ticked when the page loads, a choice made beforehand and a hidden field that consents are no consent (CJEU, 1 October 2019, C-673/17).",
        wrong "<input type=checkbox checked>", right "<input type=checkbox required>";
    CONSENT_BOX = Consent 110 "no consent box that can be seen, read and must be ticked",
        "The form has a box with the statement as its label, visible, and `required`, so that nothing is sent without it.",
        wrong "<input type=checkbox name=x>", right "<label><input type=checkbox name=x required> …</label>";
    CONSENT_DATA = Consent 111 "more required data than needed",
        "For a newsletter only the mail address may be required (Art. 5(1)(c) GDPR).",
        wrong "- {name: Vorname, required: true}", right "- {name: Vorname, required: false}";
    CONSENT_CONFIRMED = Consent 112 "addresses that nobody is known to confirm",
        "Only the owner of an address can consent for it, so the address is confirmed by a mail. `double_opt_in.confirmed` is the day on which somebody saw that this is switched on; software that has it not built in needs `evidence`.",
        wrong "confirmed: ''", right "confirmed: 2026-11-23";
    CONSENT_PROVIDER = Consent 113 "a form that is not the provider's",
        "The form is sent by POST to `form.action`: https, a host of the named provider, listed in the page's policy (`form-action`), with the fields that the provider knows. Give only what your account brings, the rest is filled in.",
        wrong "action: http://evil.example/", right "action: https://konto.us1.list-manage.com/subscribe/post?u=…&id=…";
    CONSENT_EMBEDDED = Consent 114 "something foreign at the form",
        "No script, frame or captcha stands in the form, and no picture of somebody else: before the form is sent nothing is transmitted.",
        wrong "<form …><script src=…>", right "<form …> with fields only";
    CONSENT_COUPLING = Consent 115 "consent tied to something else",
        "Consent is free only if nothing depends on it (Art. 7(4) GDPR). `coupling` is `none`, and no word near the form promises something in exchange.",
        wrong "coupling: download", right "coupling: none";
    CONSENT_VERSION = Consent 116 "a changed notice under an old version",
        "The text of a version that was shown to somebody is evidence and never changes. Write a new entry with the next version number; content/newsletter.lock keeps the hashes.",
        wrong "version: 1 with another text", right "version: 2";
    CONSENT_BUTTON = Consent 117 "a button that does not name the act",
        "Consent is an express act; the button says which.",
        wrong "button: Absenden", right "button: Newsletter abonnieren";
    CONSENT_LAW = Consent 118 "an obsolete law in the notice",
        "content/law.yaml lists under `obsolete` which names are no longer in force and what to cite instead. In a notice none of them may stand, not even in a sentence about the past.",
        wrong "§ 13 TMG", right "Art. 6 Abs. 1 lit. a DSGVO";
    CONSENT_TRAP = Consent 119 "a trap for robots that catches people",
        "The field that robots fill in is out of the way of screen readers, keyboards and password managers: `aria-hidden` around it, `tabindex=-1`, `autocomplete=off`, and empty.",
        wrong "<input name=hp>", right "<div aria-hidden=true><input name=hp tabindex=-1 autocomplete=off></div>";
    CONSENT_ABSENT = Consent 120 "a form without its notice",
        "Every page with a form that asks for a mail address shows the whole notice in it, before the button: the current version by its hash (`data-sha256`), and every word of its paragraphs and its statement.",
        wrong "<form method=post><input type=email>", right "the directive `newsletter`, which prints notice and form";
    CONSENT_CASE = Consent 121 "proceedings about the transfer that must be looked at",
        "A mechanism that is contested in court is watched: `transfer.case` names the event of content/law.yaml, its `recheck` is the day to look. After a decision the evidence is checked again.",
        wrong "mechanism: dpf, without `case`", right "case: C-703/25 P, and its event with a day `recheck`";
    CONSENT_SECRET = Consent 122 "a key that would be published",
        "An `api_key` in a page is everybody's key, and Sendy's `silent` subscribes without confirmation. No reader's form needs them.",
        wrong "hidden: {api_key: 123}", right "hidden: {}";
    CONSENT_SENDING = Consent 123 "a notice that does not say what sending transmits",
        "When the form is sent, the browser connects to another server, which sees the IP address; until then it does not. The notice says so.",
        wrong "a notice without the sentence", right "Erst beim Absenden verbindet sich Ihr Browser mit …; dabei wird auch Ihre IP-Adresse übertragen.";
}
