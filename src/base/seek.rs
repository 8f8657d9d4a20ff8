//! Where bytes stand in bytes, many at a time; the one module that names the crate for it.
//!
//! The searches of the standard library look at one byte after another, or prepare themselves anew for each text.

/// Where the first such byte is.
pub fn byte(byte: u8, bytes: &[u8]) -> Option<usize> {
    memchr::memchr(byte, bytes)
}

/// Whether one of two bytes is there.
pub fn has_either(one: u8, other: u8, bytes: &[u8]) -> bool {
    memchr::memchr2(one, other, bytes).is_some()
}

/// How often a byte is there.
pub fn count(byte: u8, bytes: &[u8]) -> usize {
    memchr::memchr_iter(byte, bytes).count()
}

/// Where the first such row of bytes starts.
pub fn row(row: &[u8], bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, row)
}

/// The text with every `from` replaced.
pub fn replaced(text: &str, from: char, to: &str) -> String {
    let mut room = [0; 4];
    let from = from.encode_utf8(&mut room);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for start in memchr::memmem::find_iter(text.as_bytes(), from.as_bytes()) {
        out.push_str(&text[at..start]);
        out.push_str(to);
        at = start + from.len();
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_place_is_replaced_once() {
        for (text, replaced) in [("", ""), ("a", "a"), ("xx", "yzyz"), ("xxx-äx", "yzyzyz-äyz")] {
            assert_eq!(super::replaced(text, 'x', "yz"), replaced);
        }
    }
}
