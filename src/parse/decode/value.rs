//! The tree as a serde deserializer: values, list items, entries, keys with their places.

use std::ops::Range;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::hole::Hole;
use super::{Failure, Fault, HOLE, Patches, SCALAR, expected_word, id_of};
use crate::parse::at::MARKER;
use crate::parse::yaml::{Key, Kind, Node};

#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) node: &'a Node,
    /// The key this value belongs to: where a missing key of it is reported.
    pub(super) owner: Option<&'a Key>,
    pub(super) patches: &'a Patches,
    /// The text of the file, for the spelling of numbers.
    pub(super) text: &'a str,
}

impl<'a> Value<'a> {
    fn is_hole(&self) -> bool {
        self.patches.holes.contains(&id_of(self.node))
    }

    fn wrong(&self, visitor: &dyn de::Expected) -> Failure {
        Fault::Wrong { found: self.node.kind.word().into(), expected: expected_word(&visitor.to_string()) }.into()
    }

    /// The spelling of a scalar; texts as they are, numbers as they stand in the source.
    fn scalar(&self) -> Option<&'a str> {
        match &self.node.kind {
            Kind::Text(text) => Some(text),
            Kind::Int(_) | Kind::Float => self.text.get(self.node.range.clone()),
            _ => None,
        }
    }

    fn entries(&self, fields: &'static [&'static str]) -> Option<Entries<'a>> {
        let Kind::Map(entries) = &self.node.kind else { return None };
        let missing = self.patches.missing.get(&id_of(self.node)).map_or(&[][..], Vec::as_slice);
        debug_assert!(fields.is_empty() || missing.iter().all(|key| fields.contains(key)));
        Some(Entries { present: entries.iter(), missing: missing.iter(), pending: None, parent: *self })
    }

    fn visit_entries<'de, V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        let owner = self.owner.map_or(self.node.range.start..self.node.range.start, |key| key.range.clone());
        match self.entries(fields) {
            Some(entries) => visitor.visit_map(entries).map_err(|error| error.at(id_of(self.node), &owner)),
            None => Err(self.wrong(&visitor)),
        }
    }
}

/// A method that answers holes first and puts this value's place on errors that have none.
macro_rules! scalar_methods {
    ($($method:ident => |$value:ident, $visitor:ident| $body:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            if self.is_hole() {
                return Hole.$method(visitor);
            }
            let (id, range) = (id_of(self.node), self.node.range.clone());
            let ($value, $visitor) = (self, visitor);
            $body.map_err(|error: Failure| error.at(id, &range))
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Failure;

    scalar_methods! {
        deserialize_any => |value, visitor| match &value.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(b) => visitor.visit_bool(*b),
            Kind::Int(_) | Kind::Float | Kind::Text(_) => visitor.visit_str(value.scalar().unwrap_or_default()),
            Kind::Seq(items) => visitor.visit_seq(Items { items: items.iter(), parent: value }),
            Kind::Map(_) => value.visit_entries(&[], visitor),
        };
        deserialize_bool => |value, visitor| match value.node.kind {
            Kind::Bool(b) => visitor.visit_bool(b),
            _ => Err(value.wrong(&visitor)),
        };
        deserialize_u64 => |value, visitor| match value.node.kind {
            Kind::Int(n) => visitor.visit_i64(n),
            _ => Err(value.wrong(&visitor)),
        };
        deserialize_str => |value, visitor| match value.scalar() {
            // An escape in double quotes can write what no text may hold.
            Some(text) if text.contains(|c: char| c == '\u{e000}' || (c.is_control() && !matches!(c, '\n' | '\t'))) => {
                Err(Fault::Said("a control character is not allowed in texts\nremove it".to_owned()).into())
            }
            Some(text) => visitor.visit_str(text),
            None => Err(value.wrong(&visitor)),
        };
        deserialize_seq => |value, visitor| match &value.node.kind {
            Kind::Seq(items) => visitor.visit_seq(Items { items: items.iter(), parent: value }),
            _ => Err(value.wrong(&visitor)),
        };
        deserialize_map => |value, visitor| value.visit_entries(&[], visitor);
        deserialize_identifier => |value, visitor| match value.scalar() {
            Some(text) => visitor.visit_str(text),
            None => Err(value.wrong(&visitor)),
        };
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.is_hole() || matches!(self.node.kind, Kind::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        match name {
            MARKER => {
                let range = if self.is_hole() { HOLE } else { self.node.range.clone() };
                visitor.visit_seq(Marked { step: 0, range, value: Some(self) })
            }
            SCALAR if self.is_hole() => visitor.visit_unit(),
            SCALAR => self.deserialize_str(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(self, name: &'static str, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        if self.is_hole() {
            return Hole.deserialize_struct(name, fields, visitor);
        }
        self.visit_entries(fields, visitor).map_err(|error| error.at(id_of(self.node), &self.node.range))
    }

    fn deserialize_enum<V: Visitor<'de>>(self, name: &'static str, variants: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        if self.is_hole() {
            return Hole.deserialize_enum(name, variants, visitor);
        }
        let result = match self.scalar() {
            Some(text) => visitor.visit_enum(IntoDeserializer::<Failure>::into_deserializer(text)),
            None => Err(self.wrong(&"a text")),
        };
        result.map_err(|error| error.at(id_of(self.node), &self.node.range))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    parent: Value<'a>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Failure;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        self.items.next().map(|node| seed.deserialize(Value { node, ..self.parent })).transpose()
    }
}

struct Entries<'a> {
    present: std::slice::Iter<'a, (Key, Node)>,
    missing: std::slice::Iter<'a, &'static str>,
    /// The value of the key just read; `None` stands for a missing key's hole.
    pending: Option<(&'a Key, &'a Node)>,
    parent: Value<'a>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        for (key, node) in self.present.by_ref() {
            if self.parent.patches.skipped.contains(&id_of(key)) {
                continue;
            }
            self.pending = Some((key, node));
            return seed.deserialize(KeyValue(key)).map(Some).map_err(|error| error.at(id_of(key), &key.range));
        }
        self.pending = None;
        self.missing.next().map(|key| seed.deserialize(StrDeserializer::new(key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        match self.pending.take() {
            Some((key, node)) => seed.deserialize(Value { node, owner: Some(key), ..self.parent }),
            None => seed.deserialize(Hole),
        }
    }
}

/// A key that may be asked for its place.
#[derive(Clone, Copy)]
struct KeyValue<'a>(&'a Key);

impl<'de> Deserializer<'de> for KeyValue<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_str(&self.0.name)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        match name {
            MARKER => visitor.visit_seq(Marked { step: 0, range: self.0.range.clone(), value: Some(self) }),
            SCALAR => self.deserialize_any(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }
    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_enum(IntoDeserializer::<Failure>::into_deserializer(self.0.name.as_str()))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The three elements that a place is read from: start, end, value.
pub(super) struct Marked<D> {
    pub(super) step: u8,
    pub(super) range: Range<usize>,
    pub(super) value: Option<D>,
}

impl<'de, D: Deserializer<'de, Error = Failure>> SeqAccess<'de> for Marked<D> {
    type Error = Failure;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        self.step += 1;
        match self.step {
            1 => seed.deserialize(self.range.start.into_deserializer()).map(Some),
            2 => seed.deserialize(self.range.end.into_deserializer()).map(Some),
            _ => self.value.take().map(|value| seed.deserialize(value)).transpose(),
        }
    }
}
