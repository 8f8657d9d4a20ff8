//! The index as text that a browser reads quickly: front-coded terms, postings as printable characters.
//!
//! Terms are written one after the other; a capital letter says how many characters to keep of the term before
//! (`AauftragHsverarbeitung`): no term holds one. Numbers have digits of five bits, the sixth says that one more
//! follows; 64 characters that JSON need not escape stand for them. [`decode_terms`] and [`decode`] are what
//! `search.js` does; the tests hold both to each other.

use super::index::Posting;

/// The characters for 0 to 63.
pub const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// Characters to keep of the term before, at most.
const KEPT: usize = 25;

/// A run of terms with their postings, as three texts: terms, documents, levels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shard {
    /// The terms, front-coded.
    pub terms: String,
    /// For each term the number of its documents, then the distances between them.
    pub documents: String,
    /// The level of each posting.
    pub levels: String,
}

impl Shard {
    /// Encodes terms, which are sorted.
    pub fn of(terms: &[(String, Vec<Posting>)]) -> Self {
        let mut shard = Self { terms: front_code(terms.iter().map(|(term, _)| term.as_str())), ..Self::default() };
        for (_, postings) in terms {
            number(u32::try_from(postings.len()).unwrap_or(u32::MAX), &mut shard.documents);
            let mut last = 0;
            for posting in postings {
                number(posting.document - last, &mut shard.documents);
                last = posting.document;
                shard.levels.push(char::from(DIGITS[usize::from(posting.level & 63)]));
            }
        }
        shard
    }

    /// Bytes of the three texts.
    pub fn len(&self) -> usize {
        self.terms.len() + self.documents.len() + self.levels.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// Writes sorted terms, each after what it shares with the one before.
pub fn front_code<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    let mut before = "";
    for term in terms {
        let shared = term.char_indices().zip(before.chars()).take_while(|((_, a), b)| a == b).take(KEPT);
        let (count, end) = shared.fold((0_u8, 0), |(count, _), ((at, c), _)| (count + 1, at + c.len_utf8()));
        out.push(char::from(b'A' + count));
        out.push_str(&term[end..]);
        before = term;
    }
    out
}

/// Reads what [`front_code`] writes.
pub fn decode_terms(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            let kept = usize::from(c as u8 - b'A');
            let term = terms.last().map(|before| before.chars().take(kept).collect()).unwrap_or_default();
            terms.push(term);
        } else if let Some(term) = terms.last_mut() {
            term.push(c);
        }
    }
    terms
}

fn number(mut value: u32, out: &mut String) {
    while value >= 32 {
        out.push(char::from(DIGITS[(value & 31) as usize + 32]));
        value >>= 5;
    }
    out.push(char::from(DIGITS[value as usize]));
}

/// Reads what [`Shard::of`] writes; nothing if the texts are damaged.
pub fn decode(shard: &Shard) -> Option<Vec<(String, Vec<Posting>)>> {
    let digit = |byte: u8| DIGITS.iter().position(|known| *known == byte).and_then(|at| u32::try_from(at).ok());
    let mut documents = shard.documents.bytes();
    let mut levels = shard.levels.bytes();
    let mut next = || {
        let (mut value, mut shift) = (0, 0);
        loop {
            let read = digit(documents.next()?)?;
            value |= (read & 31) << shift;
            if read < 32 {
                return Some(value);
            }
            shift += 5;
        }
    };
    let mut terms = Vec::new();
    for term in decode_terms(&shard.terms) {
        let mut postings = Vec::new();
        let mut document = 0;
        for _ in 0..next()? {
            document += next()?;
            postings.push(Posting { document, level: u8::try_from(digit(levels.next()?)?).ok()? });
        }
        terms.push((term, postings));
    }
    Some(terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_keep_what_they_share() {
        let text = front_code(["auftrag", "auftragsverarbeitung", "avv", "§203"].into_iter());
        assert_eq!(text, "AauftragHsverarbeitungBvvA§203");
        assert_eq!(decode_terms(&text), ["auftrag", "auftragsverarbeitung", "avv", "§203"]);
    }

    #[test]
    fn postings_come_back_as_they_went() {
        let posting = |document, level| Posting { document, level };
        let terms = vec![("a".to_owned(), vec![posting(0, 63), posting(31, 0), posting(1_000_000, 7)]), ("ab".to_owned(), vec![posting(5, 1)])];
        let shard = Shard::of(&terms);
        assert_eq!(decode(&shard).unwrap(), terms);
        assert_eq!(shard.levels, "_071");
    }
}
