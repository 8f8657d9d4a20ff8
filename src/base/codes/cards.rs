//! `V` and `K`: vendor cards, criteria and profiles.

use super::{Code, Doc, Letter};

codes! { CARDS;
    CARD_NAME = Vendor 10 "a card whose file name is no slug",
        "The file name becomes the card's address: small letters, digits, hyphens.",
        wrong "vendors/Zoom X.yaml", right "vendors/zoom-x.yaml";
    UNKNOWN_CRITERION = Vendor 11 "a criterion that the catalogue does not have",
        "Facts and changes name criteria of vendors/_criteria.yaml by their id.",
        wrong "facts:\n  avvv: …", right "facts:\n  avv: …";
    UNKNOWN_VALUE = Vendor 12 "a value that the criterion does not have",
        "The value is none of those the catalogue lists for this criterion, or has the wrong kind for it. Write `unknown` if the sources do not settle the question.",
        wrong "value: vielleicht", right "value: unknown";
    DERIVED_VALUE = Vendor 13 "a value for a derived criterion",
        "The catalogue computes this criterion from others. A fact may give note and sources as evidence, but no value: two truths drift apart.",
        wrong "ekd_stufe: {value: \"1\", …}", right "ekd_stufe: {note: …, checked: …, sources: […]}";
    MISSING_LIMITS = Vendor 14 "limits are required for this value",
        "The catalogue requires `limits` here, because the value alone would promise too much (what end-to-end encryption switches off, for example).",
        wrong "value: optional", right "value: optional\nlimits: Nicht im Browser, keine Einwahl.";
    NO_SOURCE = Vendor 15 "a fact without source or confidence",
        "No source, no fact. A value needs at least one source and a confidence; without them write `value: unknown` or remove the fact.",
        wrong "value: ja", right "value: ja\nconfidence: medium\nsources: [{url: …, title: …, kind: anbieter, date: undated}]";
    UNKNOWN_SOURCE_KIND = Vendor 16 "a kind of source that the catalogue does not have",
        "`kind` is one of the `source_kinds` of vendors/_criteria.yaml; it decides how much a source can prove.",
        wrong "kind: blog", right "kind: fachbeitrag";
    FUTURE_DATE = Vendor 17 "a date that has not come yet",
        "A check or a change cannot lie after the day of the build.",
        wrong "checked: 2126-11-23", right "checked: 2026-11-23";
    UNKNOWN_COUNTRY = Vendor 18 "a country code that does not exist",
        "Countries are written as two capital letters of ISO 3166-1.",
        wrong "country: Deutschland", right "country: DE";
    CHANGES_ORDER = Vendor 19 "changes are not newest first",
        "The change log is read from the top; keep the newest entry first.",
        wrong "- {date: 2025-…}\n- {date: 2026-…}", right "- {date: 2026-…}\n- {date: 2025-…}";
    WORDS_OF_NOTHING = Vendor 20 "a translation that nothing can be made of",
        "`zoom.en.yaml` holds the words of the card `zoom.yaml` in English. The card must exist, `en` must be a further language of the site, and the catalogue must have its words in it: labels and questions, values, reasons and profiles.",
        wrong "vendors/zomo.en.yaml", right "vendors/zoom.en.yaml beside vendors/zoom.yaml";
    WORDS_DIFFER = Vendor 21 "a translation that says more or less than its card",
        "A translation holds words only, and only those that the card has: what is a fact stands in one place. Lists keep their length and order, so that each entry finds its own.",
        wrong "hardening: [one step]", right "hardening: [as many steps as in the card]";
    WORDS_MISSING = Vendor 22 "a translation that leaves something in the main language",
        "What has no words in the language of a page is shown in the main language and marked as such. That is no mistake; the remark says what is left.",
        wrong "facts: {}", right "facts: {avv: {note: What the source says.}}";

    DUPLICATE_ID = Criteria 10 "one id or slug for two things",
        "Ids and slugs in the catalogue, the profiles and the glossary are unique.",
        wrong "- {id: avv, …}\n- {id: avv, …}", right "- {id: avv, …}\n- {id: avv_maengel, …}";
    UNKNOWN_GROUP = Criteria 11 "a group that is not declared",
        "`group` names one of the catalogue's `groups`.",
        wrong "group: vertag", right "group: vertrag";
    CATALOGUE_REFERENCE = Criteria 12 "a criterion that does not exist",
        "Rules and profiles name criteria by their id, or `provider.country`, `provider.parent_country`, `card.status`.",
        wrong "when: {e2e: [nein]}", right "when: {e2ee: [nein]}";
    CATALOGUE_VALUES = Criteria 13 "values that do not fit the type",
        "`choice`, `choices` and `country` need `values`; `text` and `list` have none. `unknown` is reserved.",
        wrong "type: text\nvalues: […]", right "type: choice\nvalues: […]";
    CATALOGUE_VALUE = Criteria 14 "a value that the criterion does not have",
        "A rule names a value that the criterion's `values` do not list.",
        wrong "when: {e2ee: [keine]}", right "when: {e2ee: [nein]}";
    DERIVE_ORDER = Criteria 15 "a rule that needs itself",
        "A derived criterion cannot rest on itself, not even by way of another one.",
        wrong "a: derive from b, b: derive from a", right "a: derive from c, b: derive from c";
    NO_SCALE = Criteria 16 "a profile that nothing counts in",
        "A rating needs at least one gate and one strong criterion with lights in every profile.",
        wrong "all roles: info", right "at least one `role: gate` and one `role: strong`";
    DECISION = Criteria 17 "a decision aid that cannot decide",
        "A filter needs a criterion with values, a question needs answers, and a need lists good values under either `any` or `all`.",
        wrong "needs: [{criterion: e2ee}]", right "needs: [{criterion: e2ee, any: [immer]}]";
    CATALOGUE_TRANSLATION = Criteria 18 "a part of the catalogue without its translation",
        "Groups and criteria (label, question) are translated into a further language as a whole or not at all: a list with gaps would say less than the page it translates. The same holds for what pages of systems need: values with their meanings, reasons of rules, profiles.",
        wrong "- {id: vertrag, label: Vertrag}", right "- {id: vertrag, label: Vertrag, translations: {en: {label: Contract}}}";
}
