//! The canonical form of a text: what stays the same when only its spelling in bytes differs.

use unicode_normalization::UnicodeNormalization;

/// The parts in one line: composed characters (Unicode Normalization Form C, UAX #15) and
/// single blanks between words. Equal for two readers who see the same words.
pub fn canonical<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for word in parts.into_iter().flat_map(str::split_whitespace) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(word.nfc());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn composed_and_decomposed_letters_and_any_white_space_are_the_same() {
        assert_eq!(canonical(["Pru\u{308}fung\u{a0} und\n", "\tA\u{30a}"]), "Prüfung und Å");
        assert_eq!(canonical(["Prüfung", "und Å"]), "Prüfung und Å");
        assert_ne!(canonical(["Prüfung"]), canonical(["Prufung"]));
    }
}
