//! The words by which a notice is recognised to say something, in each language.
//!
//! All in small letters; a text says it if it contains one of them. They are the words of the
//! rules, not of a subject: "jederzeit" is Art. 7 (3) GDPR, the act on the button is that of
//! § 7 (2) No. 2 UWG, the ties are what Art. 7 (4) GDPR forbids.

use crate::parse::config::Language;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// The channel.
    pub channel: &'static [&'static str],
    /// That consent can be withdrawn whenever one likes.
    pub any_time: &'static [&'static str],
    /// That the address of the reader's device is transmitted.
    pub device: &'static [&'static str],
    /// That it happens when the form is sent.
    pub sending: &'static [&'static str],
    /// Acts that a button can name.
    pub acts: &'static [&'static str],
    /// What ties consent to something else.
    pub ties: &'static [&'static str],
}

const GERMAN: Words = Words {
    channel: &["mail"],
    any_time: &["jederzeit"],
    device: &["ip-adresse"],
    sending: &["absend", "abschick", "absenden"],
    acts: &["abonn", "anmeld", "bestell", "eintrag", "einwillig", "bezieh"],
    ties: &["download erhalten", "kostenlos gegen", "gratis gegen", "im tausch gegen", "als dankeschön", "gutschein", "sie erhalten dafür"],
};

const ENGLISH: Words = Words {
    channel: &["mail"],
    any_time: &["at any time", "any time", "whenever you"],
    device: &["ip address"],
    sending: &["send", "submit"],
    acts: &["subscribe", "sign up", "order", "consent", "agree", "join"],
    ties: &["get the download", "free in exchange", "in exchange for", "as a thank-you", "voucher", "to unlock"],
};

/// The words of a language.
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::De => &GERMAN,
        Language::En => &ENGLISH,
    }
}

/// Whether a text in small letters contains one of the words.
pub fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
