//! JSON, the one place that names its crate: API files, manifest, schemas, findings.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A JSON value of any shape.
pub type Json = serde_json::Value;

/// A JSON object.
pub type Map = serde_json::Map<String, Json>;

/// Writes a JSON value as it looks.
pub(crate) use serde_json::json;

/// One line of JSON.
///
/// # Panics
///
/// Never for our types: they have text keys and finite numbers.
pub fn line<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("our types have text keys and finite numbers")
}

/// JSON with two blanks of indentation and a newline at its end.
///
/// # Panics
///
/// Never for our types: they have text keys and finite numbers.
pub fn pretty<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("our types have text keys and finite numbers");
    text.push('\n');
    text
}

/// Reads `T`, or nothing if the text is something else.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
