//! Slugs: the part of an address that a name becomes.

/// Makes a slug: lower case, German umlauts written out, everything else that
/// is no ASCII letter or digit becomes one hyphen.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        // Titles are mostly ASCII, and the tables of Unicode cost more than all the rest.
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
            continue;
        }
        c.to_lowercase().for_each(|c| match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            'é' | 'è' | 'ê' => slug.push('e'),
            'á' | 'à' | 'â' => slug.push('a'),
            // A soft hyphen or an apostrophe is inside a word, not between two.
            '\u{ad}' | '’' | '\'' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        });
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether `text` is a slug already: `[a-z0-9]` and single inner hyphens.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        for (name, slug) in [
            ("Größe der Übertragung (Art. 28)", "groesse-der-uebertragung-art-28"),
            ("  E2EE – was? ", "e2ee-was"),
            ("§ 203 StGB", "203-stgb"),
            ("geht’s", "gehts"),
            ("漢字", ""),
        ] {
            assert_eq!(slugify(name), slug);
            assert!(slug.is_empty() || is_slug(slug));
        }
    }
}
