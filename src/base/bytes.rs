//! A search for rare bytes, many at once.

/// Bytes that are looked at together.
const PIECE: usize = 32;

/// Where the first byte is for which `is` holds. Pieces without one are passed over whole by vector instructions, for which
/// `is` must be made of comparisons, `|`, `&` and [`is_any`]: a `match` becomes a look into a table, which has none.
pub fn find(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let mut start = 0;
    for piece in bytes.chunks(PIECE) {
        // Of numbers, as with truth values the compiler leaves the loop at the first.
        if piece.iter().fold(0, |found, byte| found | u8::from(is(*byte))) != 0 {
            return piece.iter().position(|byte| is(*byte)).map(|at| start + at);
        }
        start += piece.len();
    }
    None
}

/// Whether a byte is one of a few, without a branch.
pub fn is_any<const N: usize>(byte: u8, few: [u8; N]) -> bool {
    few.into_iter().fold(0, |found, one| found | u8::from(byte == one)) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_wherever_it_is() {
        for length in [0, 1, 31, 32, 33, 64, 70] {
            for at in 0..=length {
                let mut bytes = vec![b'a'; length];
                bytes.iter_mut().skip(at).step_by(3).for_each(|byte| *byte = b'.');
                assert_eq!(find(&bytes, |byte| is_any(byte, *b".!")), (at < length).then_some(at), "{at} of {length}");
            }
        }
    }
}
