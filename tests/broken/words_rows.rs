// Rows about cards in a further language: each starts from the starter's cloud card, its catalogue and its profiles in English.

const WORDS: &str = "vendors/beispiel-cloud.en.yaml";
const ENGLISH: Edit = Replace(SITE, "language: de", "language: de\nlanguages: {en: {title: Guide}}");
const IN_ENGLISH: Edit = Write(CRITERIA, include_bytes!("../translated/_criteria.yaml"));
const PROFILES_IN_ENGLISH: Edit = Write(PROFILES, include_bytes!("../translated/_profiles.yaml"));
const FULL_CLOUD: Edit = Write(CLOUD, include_bytes!("../translated/beispiel-cloud.yaml"));
const CLOUD_WORDS: Edit = Write(WORDS, include_bytes!("../translated/beispiel-cloud.en.yaml"));

const WORDS_ROWS: &[Row] = &[
    Row { what: "words of no card", edits: &[ENGLISH, IN_ENGLISH, PROFILES_IN_ENGLISH, Write("vendors/beispiel-clud.en.yaml", b"variant: A\nsummary: A\n")], says: &[
            "vendors/beispiel-clud.en.yaml:1:1: error[V020]: there is no card `beispiel-clud.yaml` (write `beispiel-cloud`)",
        ] },
    Row { what: "words in a language that the site does not have", edits: &[Write("vendors/beispiel-cloud.en.yaml", b"variant: A\nsummary: A\n")], says: &[
            "vendors/beispiel-cloud.en.yaml:1:1: error[V020]: `en` is no further language of the site (name it under `languages` in site.yaml, or remove the file)",
        ] },
    Row { what: "words of a card whose catalogue has none", edits: &[ENGLISH, Write("vendors/beispiel-cloud.en.yaml", b"variant: A\nsummary: A\n")], says: &[
            "vendors/beispiel-cloud.en.yaml:1:1: error[V020]: the catalogue has no words in `en` for this card (translate values, reasons and profiles in _criteria.yaml and _profiles.yaml too)",
        ] },
    Row { what: "a value, a reason and a profile without words", edits: &[ENGLISH, IN_ENGLISH, PROFILES_IN_ENGLISH,
        Replace(CRITERIA, ", meaning: You run the software yourself.}", "}"),
        Replace(CRITERIA, ", translations: {en: {because: The seat of the maker does not count here.}}", ""),
        Replace(PROFILES, "    translations: {en: {label: Business, description: For small companies without a legal department.}}\n", ""),
        Replace(PROFILES, ", translations: {en: {because: Associations rarely have staff for servers of their own.}}", "")], says: &[
            "vendors/_criteria.yaml:27:14: error[K018]: `vertrag: entfaellt` is not translated into `en` (add it under `translations: {en: …}`; values, reasons and profiles are translated all or none)",
            "vendors/_criteria.yaml:67:22: error[K018]: `sitz: Der Sitz des Herstellers zählt hier nicht.` is not translated into `en` (add it under `translations: {en: …}`; values, reasons and profiles are translated all or none)",
            "vendors/_profiles.yaml:2:9: error[K018]: `betrieb` is not translated into `en` (add it under `translations: {en: …}`; values, reasons and profiles are translated all or none)",
            "vendors/_profiles.yaml:10:21: error[K018]: `verein: betrieb` is not translated into `en` (add it under `translations: {en: …}`; values, reasons and profiles are translated all or none)",
        ] },
    Row { what: "words that the card does not have", edits: &[ENGLISH, IN_ENGLISH, PROFILES_IN_ENGLISH, Write(WORDS, b"variant: A\nsummary: A\nfacts:\n  vertragg: {note: A}\n  nachweise: {note: A}\n  vertrag: {limits: A, value: A, disputed: [{note: A}]}\n  verschluesselung: {note: A}\nchanges: [{why: A}]\nresponse: A\nhardening: [A, B]\n")], says: &[
            "vendors/beispiel-cloud.en.yaml:4:3: error[V011]: there is no criterion `vertragg` (write `vertrag`)",
            "vendors/beispiel-cloud.en.yaml:5:3: error[V021]: the card has no fact `nachweise` (remove it here, or write it into the card first)",
            "vendors/beispiel-cloud.en.yaml:6:3: error[V021]: the card has no `disputed` (remove it here, or write it into the card first)",
            "vendors/beispiel-cloud.en.yaml:6:21: error[V021]: the card has no `limits` in `vertrag` (remove it here, or write it into the card first)",
            "vendors/beispiel-cloud.en.yaml:6:31: error[V012]: `vertrag` has one of the catalogue's values (remove `value:`, and translate the value in _criteria.yaml)",
            "vendors/beispiel-cloud.en.yaml:7:28: error[V021]: the card has no `note` in `verschluesselung` (remove it here, or write it into the card first)",
            "vendors/beispiel-cloud.en.yaml:8:17: error[V021]: the card has no `changes` (remove it here, or write it into the card first)",
            "vendors/beispiel-cloud.en.yaml:9:11: error[V021]: the card has no `response` (remove it here, or write it into the card first)",
            "vendors/beispiel-cloud.en.yaml:10:13: error[V021]: `hardening` is 2 long, in the card 1 (translate all of them in the card's order, or leave the key out)",
        ] },
    Row { what: "words that do not fit the card", edits: &[ENGLISH, IN_ENGLISH, PROFILES_IN_ENGLISH, FULL_CLOUD, CLOUD_WORDS,
        Replace(WORDS, "value: [audit report of 2025, certificate]", "value: [audit report of 2025]"),
        Replace(WORDS, "value: [no certificate], ", ""),
        Replace(WORDS, "from: nothing, ", "to: something, ")], says: &[
            "vendors/beispiel-cloud.en.yaml:7:12: error[V021]: the card has a list of 2 here (translate part by part, in the card's order)",
            "vendors/beispiel-cloud.en.yaml:10:16: error[V021]: `value` is missing here (translate it too: it is no value of the catalogue)",
            "vendors/beispiel-cloud.en.yaml:12:10: error[V021]: the card has no words in this `to` (remove it here, or write it into the card first)",
            "vendors/beispiel-cloud.en.yaml:12:26: error[V021]: `from` is missing here (translate it too: it is no value of the catalogue)",
        ] },
    Row { what: "words of the wrong kind", edits: &[ENGLISH, IN_ENGLISH, PROFILES_IN_ENGLISH, FULL_CLOUD, CLOUD_WORDS,
        Replace(WORDS, "value: [audit report of 2025, certificate]", "value: audit report of 2025"),
        Replace(WORDS, "value: [no certificate]", "value: no certificate"),
        Replace(WORDS, "note: Invented example.", "note: Invented example.\n    checked: 2026-01-01\n  sitz: {value: EEA}")], says: &[
            "vendors/beispiel-cloud.en.yaml:6:5: error[V002]: unknown key `checked` (use one of `value`, `note`, `limits`, `disputed`)",
            "vendors/beispiel-cloud.en.yaml:7:3: error[V021]: the card has no fact `sitz` (remove it here, or write it into the card first)",
            "vendors/beispiel-cloud.en.yaml:9:12: error[V012]: `nachweise` takes a list (write it in brackets: `[…]`)",
            "vendors/beispiel-cloud.en.yaml:12:17: error[V021]: the card has a list of 1 here (translate part by part, in the card's order)",
        ] },
];
