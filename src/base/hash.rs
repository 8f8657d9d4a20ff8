//! SHA-256, the one hash of this program (manifest, asset names, consent texts).

use sha2::{Digest, Sha256};

/// The SHA-256 of `bytes` in 64 lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Beginning::new(&[]).sha256_hex(bytes)
}

/// What many texts begin with, hashed once.
pub struct Beginning(Sha256);

impl Beginning {
    /// Of texts that begin with `bytes`.
    pub fn new(bytes: &[u8]) -> Self {
        Self(Sha256::new_with_prefix(bytes))
    }

    /// The SHA-256 of the text that goes on with `rest`.
    pub fn sha256_hex(&self, rest: &[u8]) -> String {
        hex(&self.0.clone().chain_update(rest).finalize())
    }
}

fn hex(digest: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in digest {
        for digit in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    hex
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_empty_text_has_the_published_hash() {
        assert_eq!(super::Beginning::new(b"a").sha256_hex(b"bc"), super::sha256_hex(b"abc"));
        assert_eq!(super::sha256_hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
