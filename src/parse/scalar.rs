//! The small words of the YAML files: days, addresses, countries, slugs, lights.
//!
//! Each reads its text by `visit_str` and accepts a hole (`visit_unit`), so that
//! one bad value never hides the next one.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::{Deserialize as DeriveDeserialize, Serialize};

use super::decode::SCALAR;
use crate::base::date::{Day, PartDate};
use crate::base::slug::is_slug;

/// Declares a scalar: its type, how text becomes it, the error, its JSON Schema.
macro_rules! scalar {
    ($(#[$doc:meta])* $name:ident($inner:ty), hole $hole:expr, parse |$text:ident| $parse:expr, else $error:literal, schema $schema:tt) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub $inner);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Read;
                impl Visitor<'_> for Read {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a text")
                    }
                    fn visit_unit<E>(self) -> Result<$name, E> {
                        Ok($name($hole))
                    }
                    fn visit_str<E: serde::de::Error>(self, $text: &str) -> Result<$name, E> {
                        let parsed: Option<$inner> = $parse;
                        parsed.map($name).ok_or_else(|| E::custom(format!(concat!("`{}` ", $error), $text)))
                    }
                }
                deserializer.deserialize_newtype_struct(SCALAR, Read)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

/// A day, as far as a pattern can tell: only 29 February is left to `format`.
macro_rules! day_pattern {
    () => {
        "\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d))"
    };
}

/// The day every hole reads as.
fn hole_day() -> Day {
    Day::from_unix(0).expect("the epoch is a day")
}

scalar!(
    /// A day, `YYYY-MM-DD`.
    Date(Day), hole hole_day(), parse |text| Day::parse(text),
    else "is no day\nwrite year, month and day as `2026-11-23`",
    schema { "type": "string", "format": "date", "pattern": concat!("^", day_pattern!(), "$") }
);

scalar!(
    /// The date of a source, as exact as the source is; `None` is `undated`.
    SourceDate(Option<PartDate>), hole None, parse |text| if text == "undated" { Some(None) } else { PartDate::parse(text).map(Some) },
    else "is no date\nwrite `2026-11-23`, `2026-11`, `2026` or `undated`",
    schema { "type": ["string", "integer"], "pattern": concat!("^(\\d{4}|\\d{4}-(0[1-9]|1[0-2])|", day_pattern!(), "|undated)$"), "minimum": 1000, "maximum": 9999 }
);

scalar!(
    /// The date of an event, as exact as its sources are.
    EventDate(PartDate), hole PartDate::Day(hole_day()), parse |text| PartDate::parse(text),
    else "is no date\nwrite `2026-11-23`, `2026-11` or `2026`",
    schema { "type": ["string", "integer"], "pattern": concat!("^(\\d{4}|\\d{4}-(0[1-9]|1[0-2])|", day_pattern!(), ")$"), "minimum": 1000, "maximum": 9999 }
);

scalar!(
    /// An address of the web, `https://` or `http://`.
    WebAddress(String), hole String::new(), parse |text| is_web_address(text).then(|| text.to_owned()),
    else "is no address of the web\nwrite it in full, starting with `https://`",
    schema { "type": "string", "pattern": "^https?://[\\p{L}\\p{N}][\\p{L}\\p{N}-]*\\.[\\p{L}\\p{N}.-]*(:[0-9]+)?([/?#][^\\s\"<>\\\\]*)?$" }
);

scalar!(
    /// A slug: small letters, digits and single hyphens.
    Slug(String), hole String::new(), parse |text| is_slug(text).then(|| text.to_owned()),
    else "is no slug\nuse small letters, digits and single hyphens, for example `zoom-x`",
    schema { "type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "minimum": 0 }
);

scalar!(
    /// An identifier: small letters, digits, underscores and hyphens.
    Ident(String), hole String::new(), parse |text| is_ident(text).then(|| text.to_owned()),
    else "is no identifier\nuse small letters, digits, `_` and `-`",
    schema { "type": ["string", "integer"], "pattern": "^[a-z0-9][a-z0-9_-]*$", "minimum": 0 }
);

scalar!(
    /// A country, two capital letters of ISO 3166-1.
    Country(String), hole String::new(), parse |text| (text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())).then(|| text.to_owned()),
    else "is no country code\nwrite two capital letters of ISO 3166-1, for example `DE`",
    schema { "type": "string", "pattern": "^[A-Z]{2}$" }
);

fn is_web_address(text: &str) -> bool {
    host_of(text).is_some_and(|host| host.contains('.')) && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\".contains(c))
}

/// The host of a web address in plain characters (RFC 3986, 3.2.2), without port.
pub fn host_of(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, "1"));
    let is_plain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let is_host = !host.is_empty() && host.chars().all(is_plain) && !host.starts_with(['.', '-']);
    (is_host && !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())).then_some(host)
}

fn is_ident(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        && text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
}

/// Declares an enumeration of plain words, the same in YAML, schema and output.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveDeserialize, Serialize, JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// The word it is written with.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// The light of a value. Sorted from best to worst; grey and neutral carry no weight.
    Light {
        /// Fulfilled.
        Green = "green",
        /// Partly.
        Yellow = "yellow",
        /// Not fulfilled.
        Red = "red",
        /// Unknown.
        Grey = "grey",
        /// Shown, but says nothing good or bad.
        Neutral = "neutral",
    }
}

words! {
    /// How a criterion counts in a profile.
    Role {
        /// Minimum condition: the worst gate is the ceiling of the rating.
        Gate = "gate",
        /// Counts in the median.
        Strong = "strong",
        /// Shown beside the strong ones, does not decide.
        Medium = "medium",
        /// Counts only where a profile says so.
        Context = "context",
        /// Computed from others.
        Derived = "derived",
        /// Shown only.
        Info = "info",
    }
}

words! {
    /// How sure we are.
    Confidence {
        /// One doubtful source.
        Low = "low",
        /// One good source, or the vendor's own word.
        Medium = "medium",
        /// Read in a primary or in several independent sources.
        High = "high",
    }
}

words! {
    /// Whether the product can be had.
    Status {
        /// It can.
        Active = "active",
        /// Its end is announced.
        Ending = "ending",
        /// It is gone: the card is an archive without rank.
        Discontinued = "discontinued",
    }
}

words! {
    /// A host, by the kind of configuration that it reads.
    Host {
        /// Netlify.
        Netlify = "netlify",
        /// Cloudflare Pages and Workers with static assets.
        Cloudflare = "cloudflare",
        /// Vercel.
        Vercel = "vercel",
        /// GitHub Pages.
        Github = "github",
        /// GitLab Pages.
        Gitlab = "gitlab",
        /// Codeberg Pages.
        Codeberg = "codeberg",
        /// Apache with `.htaccess`, as on most shared hosts.
        Apache = "apache",
        /// nginx.
        Nginx = "nginx",
        /// Caddy.
        Caddy = "caddy",
        /// S3 behind `CloudFront`.
        Cloudfront = "cloudfront",
        /// A host about which nothing is known.
        Generic = "generic",
    }
}

impl Host {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Netlify,
        Self::Cloudflare,
        Self::Vercel,
        Self::Github,
        Self::Gitlab,
        Self::Codeberg,
        Self::Apache,
        Self::Nginx,
        Self::Caddy,
        Self::Cloudfront,
        Self::Generic,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_are_addresses() {
        for (text, good) in [
            ("https://example.org/a?b#c", true),
            ("http://example.org", true),
            ("https://user@evil.example/", false),
            ("https://", false),
            ("javascript:alert(1)", false),
            ("//example.org", false),
            ("https://evil.example;script-src *", false),
            ("https://example.org:8443/a", true),
            ("https://example.org:x/", false),
            ("https://example.org/a\\b", false),
            ("https://exa mple.org", false),
            ("ftp://example.org", false),
        ] {
            assert_eq!(is_web_address(text), good, "{text}");
        }
    }
}
