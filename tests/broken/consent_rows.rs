const LAW: &str = "content/law.yaml";

/// A whole record of a form at a service, without a fault.
const MAILCHIMP: &[u8] = include_bytes!("mailchimp.yaml");

/// A legal event that watches its transfer.
const CASE: &[u8] = include_bytes!("law.yaml");

/// What is wrong with a consent notice, its form, and the page that shows it.
const CONSENT_ROWS: &[Row] = &[
    Row { what: "a consent notice without topics", edits: &[Replace(NEWSLETTER, "topics: [neue und geänderte Bewertungen]", "topics: []")], says: &[
            "content/newsletter.yaml:3:14: error[C102]: the notice does not say what the mail is about (list at least one topic in `purpose.topics`)",
        ] },
    Row { what: "a notice whose version stands twice", edits: &[Repeat(NEWSLETTER, "notices:\n")], says: &[
            "content/newsletter.yaml:34:14: error[C116]: version 1 stands here twice (give every notice a version number of its own)",
        ] },
    Row { what: "a text that was shown and is not locked", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "[[Name der Stelle]]", "Verein Muster"), Replace(NEWSLETTER, "[[Name der Stelle]]", "Verein Muster"), Replace(NEWSLETTER, "[[Name der Stelle]]", "Verein Muster"), Replace(NEWSLETTER, "[[Anschrift]]", "Musterort"), Replace(NEWSLETTER, "[[Anschrift]]", "Musterort")], says: &[
            "content/newsletter.yaml:3:14: error[C116]: version 1 is not in newsletter.lock (add the line `newsletter v1 449685ba849425f710c026bdbf99a15f8c2624e4c068ed1ef7b75dfec52999bf` to content/newsletter.lock)",
        ] },
    Row { what: "a text that was shown and is another now", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "[[Name der Stelle]]", "Verein Muster"), Replace(NEWSLETTER, "[[Name der Stelle]]", "Verein Muster"), Replace(NEWSLETTER, "[[Name der Stelle]]", "Verein Muster"), Replace(NEWSLETTER, "[[Anschrift]]", "Musterort"), Replace(NEWSLETTER, "[[Anschrift]]", "Musterort"), Write("content/newsletter.lock", b"newsletter v1 0000000000000000000000000000000000000000000000000000000000000000\n")], says: &[
            "content/newsletter.yaml:3:14: error[C116]: the text of version 1 is not the one in newsletter.lock (restore the text, or keep it and add this one as version 2)",
        ] },
    Row { what: "a form that goes elsewhere", edits: &[Replace(NEWSLETTER, "provider: mailto, action: \"mailto:[[adresse]]\"", "provider: mailchimp, action: \"http://evil.example/\"")], says: &[
            "content/newsletter.yaml:3:14: error[C123]: the notice does not say what is transmitted when the form is sent (write that the browser connects to the form's server only when the form is sent, and that the IP address is transmitted then)",
            "content/newsletter.yaml:31:41: error[C104]: the form goes to a service, but the record names no processor (fill in `processor`: brand, company, country, and the links to its contract and privacy policy)",
            "content/newsletter.yaml:31:41: error[C113]: `http://evil.example/` is no form address of this provider (copy the address from the provider's form, it looks like `https://konto.us1.list-manage.com/subscribe/post?u=…&id=…&f_id=…`)",
        ] },
    Row { what: "consent tied to something", edits: &[Replace(NEWSLETTER, "coupling: none", "coupling: download")], says: &[
            "content/newsletter.yaml:16:15: error[C115]: consent is tied to `download` (write `coupling: none`, and make it so)",
        ] },
    Row { what: "transfer evidence that is too old", edits: &[Replace(NEWSLETTER, "    coupling: none", "    transfer: {country: US, mechanism: dpf, evidence_url: \"https://example.org\", checked: 2026-01-01, recheck_days: 30}\n    coupling: none")], says: &[
            "content/newsletter.yaml:16:91: warning[C105]: the evidence for the transfer had to be checked again by 2026-01-31 (look at `evidence_url`, then set `checked` to that day)",
            "content/newsletter.yaml:16:91: warning[C121]: nothing says which proceedings about the Data Privacy Framework are watched (name the event of content/law.yaml in `transfer.case`, for example by its case number)",
        ] },
    Row { what: "more required data than needed", edits: &[Replace(NEWSLETTER, "why: An sie geht der Newsletter.}", "why: An sie geht der Newsletter.}\n      - {name: Vorname, field: name, required: true, why: Anrede}")], says: &[
            "content/newsletter.yaml:11:16: error[C111]: `Vorname` is required for a newsletter (write `required: false`, or leave the field out)",
        ] },
    Row { what: "an obsolete law", edits: &[Write(LAW, OBSOLETE.as_bytes()), Replace(NEWSLETTER, "legal_basis: [Art. 6", "legal_basis: [§ 13 TMG, Art. 6")], says: &[
            "content/newsletter.yaml:11:19: error[C118]: `TMG` is no current legal basis (cite das DDG)",
        ] },
    Row { what: "a notice that is silent about everything", edits: &[Replace(NEWSLETTER, "name: \"[[Name der Stelle]]\", postal: \"[[Anschrift]]\", email: \"[[E-Mail-Adresse]]\"", "name: \"\", postal: \"\", email: \"\""), Replace(NEWSLETTER, "frequency: einmal im Monat", "frequency: \"\""), Replace(NEWSLETTER, "channels: [email]", "channels: []"), Replace(NEWSLETTER, "legal_basis: [Art. 6 Abs. 1 lit. a DSGVO, § 7 Abs. 2 Nr. 2 UWG]", "legal_basis: []"), Replace(NEWSLETTER, "confirmed: \"[[Datum der Prüfung]]\"", "confirmed: \"\""), Replace(NEWSLETTER, "opens: false", "opens: true"), Replace(NEWSLETTER, "email: \"[[Adresse für den Widerruf]]\", in_every_mail: true, effect: \"Was bis zum Widerruf geschehen ist, bleibt rechtmäßig.\"", "email: \"\", in_every_mail: false, effect: \"\""), Replace(NEWSLETTER, "subscription: Bis zum Widerruf.", "subscription: \"\"")], says: &[
            "content/newsletter.yaml:3:14: error[C100]: the notice does not say on which legal basis it rests (list `legal_basis`)",
            "content/newsletter.yaml:3:14: error[C100]: the notice does not say that measuring has a consent of its own (switch measuring off, or ask for it separately)",
            "content/newsletter.yaml:3:14: error[C103]: the notice does not say by which channel it comes (write `channels: [email]`)",
            "content/newsletter.yaml:6:24: error[C100]: the notice does not say who asks for consent (fill in `controller.name`)",
            "content/newsletter.yaml:6:36: error[C100]: the notice does not say where the controller can be reached (fill in `controller.postal`)",
            "content/newsletter.yaml:6:47: error[C100]: the notice does not say where the controller can be reached by mail (fill in `controller.email`)",
            "content/newsletter.yaml:7:68: error[C100]: the notice does not say how often mail comes (fill in `purpose.frequency`)",
            "content/newsletter.yaml:12:42: error[C112]: the notice does not say since when the confirmation mail is known to be switched on (answer each mail by a message with a link or a request to confirm, and enter only who confirmed; then write the day into `double_opt_in.confirmed`)",
            "content/newsletter.yaml:14:25: error[C100]: the notice does not say how consent is withdrawn by mail (fill in `withdrawal.email`)",
            "content/newsletter.yaml:14:25: error[C108]: the notice does not say that every mail holds a link for withdrawal (write `in_every_mail: true`, and make it so)",
            "content/newsletter.yaml:14:59: error[C100]: the notice does not say what withdrawal does not undo (fill in `withdrawal.effect`)",
            "content/newsletter.yaml:15:31: error[C100]: the notice does not say how long the address is kept (fill in `retention.subscription`)",
        ] },
    Row { what: "a processor that is not named and not covered", edits: &[Replace(NEWSLETTER, "    double_opt_in", "    processor: {brand: Postbote, legal_entity: Postbote Inc., country: US}\n    double_opt_in")], says: &[
            "content/newsletter.yaml:12:24: error[C104]: the notice does not say that `Postbote` receives the address (name the processor in a paragraph of `notice`)",
            "content/newsletter.yaml:12:24: error[C107]: nothing leads to the privacy policy of `Postbote` (fill in `links.processor_privacy`)",
            "content/newsletter.yaml:12:72: error[C105]: the notice does not say what makes the transfer to the third country lawful (fill in `transfer`)",
        ] },
    Row { what: "a transfer without evidence", edits: &[Replace(NEWSLETTER, "    coupling: none", "    transfer: {country: US, mechanism: scc, checked: 2026-11-01, recheck_days: 90}\n    coupling: none")], says: &[
            "content/newsletter.yaml:3:14: error[C105]: the notice does not say where the transfer's basis can be seen (fill in `transfer.evidence_url`)",
        ] },
    Row { what: "a mail form without a mail address", edits: &[Replace(NEWSLETTER, "mailto:[[adresse]]", "https://example.org/")], says: &[
            "content/newsletter.yaml:31:38: error[C113]: `https://example.org/` is no form address of this provider (copy the address from the provider's form, it looks like `mailto:redaktion@example.org`)",
        ] },
    Row { what: "a version that was shown and is gone", edits: &[Write("content/newsletter.lock", b"newsletter v7 0000000000000000000000000000000000000000000000000000000000000000\n")], says: &[
            "content/newsletter.yaml:1:1: error[C116]: version 7 of `newsletter` is in newsletter.lock, but not here (restore it: what was shown to somebody stays retrievable)",
        ] },
    Row { what: "a statement that is silent about who, what and how", edits: &[Replace(NEWSLETTER, "Ich möchte von [[Name der Stelle]] einmal im Monat per E-Mail über neue und geänderte Bewertungen lesen. Das kann ich jederzeit\n      widerrufen, mit dem Link in jeder E-Mail oder an [[Adresse für den Widerruf]].", "Ich möchte [[jeden Monat]] lesen, was es gibt.")], says: &[
            "content/newsletter.yaml:19:7: error[C101]: the statement does not say that `[[Name der Stelle]]` asks (name the controller in `statement`, spelled as in `controller.name`)",
            "content/newsletter.yaml:19:7: error[C102]: the statement does not say that mail is about `neue und geänderte Bewertungen` (name each topic of `purpose.topics` in `statement`)",
            "content/newsletter.yaml:19:7: error[C103]: the statement does not say by which channel mail comes (write that it comes by e-mail)",
        ] },
    Row { what: "a service without a processor", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "    processor:\n      brand: Mailchimp\n      legal_entity: The Rocket Science Group LLC\n      country: US\n      privacy_url: https://www.intuit.com/privacy/statement/\n", "")], says: &[
            "content/newsletter.yaml:38:15: error[C104]: the form goes to a service, but the record names no processor (fill in `processor`: brand, company, country, and the links to its contract and privacy policy)",
        ] },
    Row { what: "the framework for a country it does not cover", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "    transfer:\n      country: US", "    transfer:\n      country: IN")], says: &[
            "content/newsletter.yaml:18:16: error[C105]: the EU-US Data Privacy Framework does not cover `IN` (write the mechanism that does (Decision (EU) 2023/1795 covers the United States))",
        ] },
    Row { what: "a link to the policy without its section", edits: &[Replace(NEWSLETTER, "privacy_policy: datenschutz#newsletter", "privacy_policy: datenschutz")], says: &[
            "content/newsletter.yaml:17:29: error[C106]: the link to `datenschutz` names no section (write `datenschutz#newsletter`)",
        ] },
    Row { what: "a link to a section that the policy lacks", edits: &[Replace(NEWSLETTER, "privacy_policy: datenschutz#newsletter", "privacy_policy: datenschutz#newsleter")], says: &[
            "content/newsletter.yaml:17:29: error[C106]: `datenschutz` has no section `newsleter` (write `newsletter`)",
        ] },
    Row { what: "a link to a policy that is no page", edits: &[Replace(NEWSLETTER, "privacy_policy: datenschutz#newsletter", "privacy_policy: datenschuz#newsletter")], says: &[
            "content/newsletter.yaml:17:29: error[C106]: there is no page `datenschuz` (write `datenschutz`)",
        ] },
    Row { what: "a processor whose policy is unprotected", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "privacy_url: https://", "privacy_url: http://")], says: &[
            "content/newsletter.yaml:13:14: error[C107]: `http://www.intuit.com/privacy/statement/` is not protected against changes on the way (write the address with `https://`)",
        ] },
    Row { what: "a processor without a policy", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      privacy_url: https://www.intuit.com/privacy/statement/\n", "")], says: &[
            "content/newsletter.yaml:13:14: error[C107]: nothing leads to the privacy policy of `Mailchimp` (fill in `links.processor_privacy`)",
        ] },
    Row { what: "a notice that is silent about withdrawal", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, " Das kann ich jederzeit\n      widerrufen, mit dem Link in jeder E-Mail oder an widerruf@example.org.", ""), Replace(NEWSLETTER, "Jederzeit, mit dem Link in jeder E-Mail oder an widerruf@example.org. Was bis zum Widerruf geschehen ist, bleibt rechtmäßig.", "Mit dem Link in jeder E-Mail.")], says: &[
            "content/newsletter.yaml:3:14: error[C108]: the notice does not say that consent can be withdrawn whenever the reader likes (write `jederzeit` into the paragraph about withdrawal)",
            "content/newsletter.yaml:26:25: error[C108]: the notice does not say that withdrawal goes to `widerruf@example.org` (write the address of `withdrawal.email` into the paragraph about withdrawal)",
            "content/newsletter.yaml:26:76: error[C108]: the notice does not say what withdrawal does not undo (repeat the sentence of `withdrawal.effect` in the paragraph about withdrawal)",
        ] },
    Row { what: "a hidden field that consents", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "hidden: {}", "hidden: {\"gdpr[2]\": Y}")], says: &[
            "content/newsletter.yaml:45:16: error[C109]: the hidden field `gdpr[2]` would consent in the reader's place (remove it; the box beside the statement is that field, name it in `consent_field`)",
        ] },
    Row { what: "a provider whose confirmation nobody saw", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "confirmed: 2026-11-01", "confirmed: irgendwann")], says: &[
            "content/newsletter.yaml:24:46: error[C112]: the notice does not say since when the confirmation mail is known to be switched on (in Mailchimp switch on double opt-in and the GDPR fields of the audience, both are off by default, and add a text field with the tag of the version field; then write the day into `double_opt_in.confirmed`)",
        ] },
    Row { what: "a confirmation that is said to come from Mautic", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      provider: mailchimp\n      action: \"https://konto.us1.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0123456789\"\n      consent_field: \"gdpr[1]\"\n      hidden: {}", "      provider: mautic\n      action: https://mautic.example.org/form/submit?formId=3\n      hidden: {\"mauticform[formName]\": newsletter}")], says: &[
            "content/newsletter.yaml:24:46: error[C112]: this provider confirms no address (write `by: self`, and make it so)",
        ] },
    Row { what: "a Mautic without evidence of a confirmation", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      provider: mailchimp\n      action: \"https://konto.us1.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0123456789\"\n      consent_field: \"gdpr[1]\"\n      hidden: {}", "      provider: mautic\n      action: https://mautic.example.org/form/submit?formId=3\n      hidden: {\"mauticform[formName]\": newsletter}"), Replace(NEWSLETTER, "by: provider", "by: self")], says: &[
            "content/newsletter.yaml:24:42: error[C112]: nothing shows that addresses are confirmed (Mautic has no double opt-in: build it with a campaign or a plug-in, and say in `double_opt_in.evidence` where that can be seen)",
        ] },
    Row { what: "an address that answers a script", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "/subscribe/post?", "/subscribe/post-json?")], says: &[
            "content/newsletter.yaml:43:15: error[C113]: the form's address answers with a script (JSONP) (use the address without it, like `https://konto.us1.list-manage.com/subscribe/post?u=…&id=…&f_id=…`)",
        ] },
    Row { what: "an address copied from HTML", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "&id=", "&amp;id=")], says: &[
            "content/newsletter.yaml:43:15: error[C113]: the form's address holds `&amp;` (write `&` in YAML, it is escaped when the page is made)",
        ] },
    Row { what: "fields that a provider does not know", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      provider: mailchimp\n      action: \"https://konto.us1.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0123456789\"\n      consent_field: \"gdpr[1]\"\n      hidden: {}", "      provider: keila\n      action: https://keila.example.org/forms/nfrm_1a2b\n      email_field: email\n      honeypot: url\n      version_field: consent_version"), Replace(NEWSLETTER, "data:\n", "data:\n      - {name: Vorname, field: first_name, required: false, why: Anrede}\n")], says: &[
            "content/newsletter.yaml:10:32: error[C113]: the provider takes no field `first_name` (write a name like `contact[name]`)",
            "content/newsletter.yaml:45:20: error[C113]: the provider does not take the mail address as `email` (write `contact[email]`, or leave the key out)",
            "content/newsletter.yaml:46:17: error[C113]: `url` cannot be the provider's `honeypot` (leave `honeypot` out, `h[url]` is filled in)",
            "content/newsletter.yaml:47:22: error[C113]: `consent_version` cannot be the provider's `version_field` (write a name like `contact[data][consent_version]`)",
        ] },
    Row { what: "a list without its identifier", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      provider: mailchimp\n      action: \"https://konto.us1.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0123456789\"\n      consent_field: \"gdpr[1]\"\n      hidden: {}", "      provider: listmonk\n      action: https://listen.example.org/subscription/form\n      version_field: version")], says: &[
            "content/newsletter.yaml:43:15: error[C113]: the provider needs the hidden field `l` (add it to `hidden`: the UUID of a public list, from the list's page in listmonk)",
            "content/newsletter.yaml:44:22: error[C113]: `version` cannot be the provider's `version_field` (listmonk drops fields it does not know: make one public list for each version of the notice, and name it after the version)",
        ] },
    Row { what: "an identifier of the wrong form, and a field filled in twice", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      provider: mailchimp\n      action: \"https://konto.us1.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0123456789\"\n      consent_field: \"gdpr[1]\"\n      hidden: {}", "      provider: listmonk\n      action: https://listen.example.org/subscription/form\n      hidden: {l: eins, nonce: \"\"}")], says: &[
            "content/newsletter.yaml:44:16: error[C113]: `eins` cannot be the value of `l` (copy the UUID of a public list, from the list's page in listmonk)",
            "content/newsletter.yaml:44:25: error[C113]: `nonce` would be in the form twice (remove it from `hidden`, the field is filled in)",
        ] },
    Row { what: "a fixed field with another value", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      provider: mailchimp\n      action: \"https://konto.us1.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0123456789\"\n      consent_field: \"gdpr[1]\"\n      hidden: {}", "      provider: buttondown\n      action: https://buttondown.com/api/emails/embed-subscribe/konto\n      hidden: {embed: \"0\"}")], says: &[
            "content/newsletter.yaml:44:16: error[C113]: `embed` is always `1` (remove it, it is filled in)",
        ] },
    Row { what: "a provider that answers with code", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      provider: mailchimp\n      action: \"https://konto.us1.list-manage.com/subscribe/post?u=0123456789abcdef012345678&id=0123456789\"\n      consent_field: \"gdpr[1]\"\n      hidden: {}", "      provider: mailerlite\n      action: https://assets.mailerlite.com/jsonp/123/forms/456/subscribe")], says: &[
            "content/newsletter.yaml:43:15: warning[C113]: MailerLite answers a plain form with JSON: readers see code instead of a page after sending (use another provider, or a link to the provider's own page)",
        ] },
    Row { what: "a notice that ties consent to a download", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "title: Wer\n", "title: Den Download erhalten\n")], says: &[
            "content/newsletter.yaml:3:14: error[C115]: “download erhalten” ties consent to something else (take it out of the notice: nothing may depend on this consent)",
        ] },
    Row { what: "a lock file with a line that is none", edits: &[Write("content/newsletter.lock", b"newsletter v1 0000\n")], says: &[
            "content/newsletter.lock:1:1: error[C116]: this line names no version (write `newsletter v1` and the 64 digits of the hash, or remove the line)",
        ] },
    Row { what: "a button that says nothing", edits: &[Replace(NEWSLETTER, "button: Newsletter bestellen", "button: Absenden")], says: &[
            "content/newsletter.yaml:30:13: error[C117]: the button `Absenden` does not name the act (write `Newsletter abonnieren`)",
        ] },
    Row { what: "the framework without its case", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "      case: C-703/25 P\n", "")], says: &[
            "content/newsletter.yaml:21:16: warning[C121]: nothing says which proceedings about the Data Privacy Framework are watched (name the event of content/law.yaml in `transfer.case`, for example by its case number)",
        ] },
    Row { what: "a case that no event names", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "case: C-703/25 P", "case: C-1/99")], says: &[
            "content/newsletter.yaml:23:13: error[C121]: no legal event names `C-1/99` (add the event to content/law.yaml, or copy the number from its title)",
        ] },
    Row { what: "a pending case whose day has passed", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(LAW, "recheck: 2027-01-01", "recheck: 2026-06-01")], says: &[
            "content/law.yaml:8:14: warning[F002]: the legal event had to be looked at again by 2026-06-01 (look at it again, then set the next day)",
            "content/newsletter.yaml:23:13: warning[C121]: the pending case `C-703/25 P` had to be looked at by 2026-06-01 (look whether it was decided, then set `recheck` of its event and `checked` here)",
        ] },
    Row { what: "a case that was decided after the check", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(LAW, "date: 2025-10-31\n    title", "date: 2026-11-20\n    title"), Replace(LAW, "pending", "in_force")], says: &[
            "content/newsletter.yaml:23:13: warning[C121]: `C-703/25 P` was decided after the evidence was checked (look whether the mechanism still holds, then set `checked`)",
        ] },
    Row { what: "a key in the form", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "hidden: {}", "hidden: {api_key: geheim}")], says: &[
            "content/newsletter.yaml:45:16: error[C122]: the hidden field `api_key` would be published (remove it: a key in a page is everybody's, and no form of a reader needs one)",
        ] },
    Row { what: "a notice that is silent about sending", edits: &[Write(NEWSLETTER, MAILCHIMP), Write(LAW, CASE), Replace(NEWSLETTER, "Erst beim Absenden verbindet sich Ihr Browser mit dem Server von Mailchimp; dabei wird auch Ihre IP-Adresse übertragen.", "Alles ist sicher.")], says: &[
            "content/newsletter.yaml:3:14: error[C123]: the notice does not say what is transmitted when the form is sent (write that the browser connects to the form's server only when the form is sent, and that the IP address is transmitted then)",
        ] },
    Row { what: "a form without its notice", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<form method=post>\n<input type=email name=e><label><input type=checkbox required>Ja</label><button>Los</button></form>")], says: &[
            "404.html:2:1: error[C120]: a form asks for a mail address without the notice (use the directive `newsletter`, which prints notice and form)",
        ] },
    Row { what: "a box that is ticked", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<form method=post><div data-consent>jederzeit</div>\n<label><input type=checkbox checked required>Ja</label><button>Los</button></form>")], says: &[
            "404.html:2:1: error[C120]: the notice in the form is not the current one of content/newsletter.yaml (use the directive `newsletter`, which prints notice and form)",
            "404.html:3:1: error[C109]: `checkbox` is chosen when the page loads (leave the choice to the reader)",
        ] },
    Row { what: "a box that nobody sees", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<form method=post><div data-consent>jederzeit</div>\n<div hidden><label><input type=checkbox required>Ja</label></div><button>Los</button></form>")], says: &[
            "404.html:2:1: error[C120]: the notice in the form is not the current one of content/newsletter.yaml (use the directive `newsletter`, which prints notice and form)",
            "404.html:3:1: error[C110]: the consent box is hidden (show it to everybody)",
        ] },
    Row { what: "a captcha at the form", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<form method=post><div data-consent>jederzeit</div><label><input type=checkbox required>Ja</label>\n<div class=h-captcha></div><button>Los</button></form>")], says: &[
            "404.html:2:1: error[C120]: the notice in the form is not the current one of content/newsletter.yaml (use the directive `newsletter`, which prints notice and form)",
            "404.html:3:1: error[C114]: a captcha stands in the form (remove it: a form of fields transmits nothing before it is sent)",
        ] },
    Row { what: "a trap that catches people", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<form method=post><div data-consent>jederzeit</div><label><input type=checkbox required>Ja</label>\n<p aria-hidden=true><input name=hp></p><button>Los</button></form>")], says: &[
            "404.html:2:1: error[C120]: the notice in the form is not the current one of content/newsletter.yaml (use the directive `newsletter`, which prints notice and form)",
            "404.html:3:1: error[C119]: the trap `hp` catches keyboards and password managers (give it `tabindex=\"-1\"`, `autocomplete=\"off\"` and no value)",
        ] },
    Row { what: "a form by GET to a host that the policy does not know", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<form action=https://news.example/><div data-consent>jederzeit</div><label><input type=checkbox required>Ja</label>\n<input type=email><button>Los</button></form>")], says: &[
            "404.html:2:1: error[C113]: the form would put the mail address into an address of the web (write `method=\"post\"`)",
            "404.html:2:1: error[C113]: the page's policy does not let the form go to `news.example` (list the host in `form-action`, as the standard theme does with `page.form_action`)",
            "404.html:2:1: error[C120]: the notice in the form is not the current one of content/newsletter.yaml (use the directive `newsletter`, which prints notice and form)",
            "themes/eigen/templates/not_found.html:2:14: error[H001]: a form would be sent to `https://news.example/` (send forms to the provider of content/newsletter.yaml only)",
        ] },
    Row { what: "a key in a page", edits: &[Replace(SITE, "language: de", "language: de\ntheme: eigen"), Write("themes/eigen/templates/not_found.html", b"<!doctype html><html lang=de><title>x</title>\n<form action=\"../\" method=get>\n<input type=hidden name=api_key value=1></form>")], says: &[
            "404.html:3:1: error[C122]: the field `api_key` publishes a key or switches off the confirmation (remove it; no form of a reader needs it)",
        ] },
];
