//! JSON, the one place that names its crate: API files, manifest, schemas, findings.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

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

/// Whether a text is JSON.
pub fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Shows every text value of a JSON text but those of `except`, in their order; nothing is kept, so that large files cost
/// little. False if it is no JSON.
pub fn texts(text: &str, except: &str, show: &mut dyn FnMut(&str)) -> bool {
    let mut json = serde_json::Deserializer::from_str(text);
    Texts { except, show }.deserialize(&mut json).and_then(|()| json.end()).is_ok()
}

struct Texts<'a> {
    except: &'a str,
    show: &'a mut dyn FnMut(&str),
}

impl<'de> DeserializeSeed<'de> for Texts<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Texts<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        (self.show)(text);
        Ok(())
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if key == self.except {
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(Texts { except: self.except, show: &mut *self.show })?;
            }
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut values: S) -> Result<(), S::Error> {
        while values.next_element_seed(Texts { except: self.except, show: &mut *self.show })?.is_some() {}
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
