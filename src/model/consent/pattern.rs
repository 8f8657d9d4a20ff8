//! Patterns for what an account brings into an address or a field name.
//!
//! A pattern is text in which `<hex:25>` stands for 25 hexadecimal digits, `<n>` for digits,
//! `<id>` for letters, digits, `-` and `_`, `<caps>` for capital letters, digits and `_`,
//! `<uuid>` for a UUID (RFC 9562, 4), and `*` at the start or the end for anything.

/// Whether `text` is of the form of `pattern`.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some("") => true,
        Some(rest) => text.char_indices().any(|(at, _)| fits(rest, &text[at..])),
        None => fits_here(pattern, text),
    }
}

fn fits_here(pattern: &str, text: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let Some((class, rest)) = pattern.strip_prefix('<').and_then(|pattern| pattern.split_once('>')) else {
        let Some(first) = pattern.chars().next() else { return text.is_empty() };
        return text.strip_prefix(first).is_some_and(|text| fits_here(&pattern[first.len_utf8()..], text));
    };
    let (name, length) = class.split_once(':').unwrap_or((class, ""));
    let belongs = |byte: u8| match name {
        "hex" => byte.is_ascii_hexdigit(),
        "n" => byte.is_ascii_digit(),
        "uuid" => byte.is_ascii_hexdigit() || byte == b'-',
        "caps" => byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_',
        _ => byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_',
    };
    let run = text.bytes().take_while(|byte| belongs(*byte)).count();
    let wanted = if name == "uuid" { Some(36) } else { length.parse().ok() };
    let fits_length = wanted.map_or(run > 0, |wanted: usize| run == wanted);
    fits_length && fits_here(rest, &text[run..])
}

/// The value of a parameter of an address.
pub(super) fn parameter<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = address.split_once('?')?;
    query.split('#').next()?.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_only_texts_of_its_form() {
        for (pattern, text, fit) in [
            ("EMAIL", "EMAIL", true),
            ("EMAIL", "email", false),
            ("gdpr[<n>]", "gdpr[12]", true),
            ("gdpr[<n>]", "gdpr[]", false),
            ("/post?u=<hex:5>&id=<hex:2>*", "/post?u=0a1b2&id=ff&f_id=1", true),
            ("/post?u=<hex:5>&id=<hex:2>*", "/post?u=0a1b2c&id=ff", false),
            ("*/form/submit?formId=<n>", "/mautic/form/submit?formId=3", true),
            ("*/form/submit?formId=<n>", "/form/submit?formId=3x", false),
            ("<uuid>", "eb420c55-4cfb-4972-92ba-c93c34ba475d", true),
            ("<uuid>", "eb420c55", false),
            ("<caps>", "CONSENT_VERSION", true),
            ("<caps>", "Consent", false),
            ("*", "", true),
            ("<id>", "", false),
            ("ä<n>", "ä1", true),
        ] {
            assert_eq!(fits(pattern, text), fit, "{pattern} {text}");
        }
    }

    #[test]
    fn parameters_are_read_by_their_whole_name() {
        let address = "https://a.example/x?u=1&id=2&f_id=3#id=4";
        assert_eq!(["u", "id", "f_id", "d", ""].map(|name| parameter(address, name)), [Some("1"), Some("2"), Some("3"), None, None]);
        assert_eq!(parameter("https://a.example/", "u"), None);
    }
}
