//! Calendar days, and dates that are only as exact as their source.

use std::fmt;

/// A civil day; prints and parses as `2026-11-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(jiff::civil::Date);

impl Day {
    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = digits(text, [4, 2, 2])?;
        Self::from_ymd(year, month, day)
    }

    /// The day of a Unix time stamp in seconds (UTC).
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let days = jiff::Span::new().try_days(seconds.div_euclid(86_400)).ok()?;
        jiff::civil::date(1970, 1, 1).checked_add(days).ok().map(Self)
    }

    fn from_ymd(year: u16, month: u16, day: u16) -> Option<Self> {
        let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Days from `earlier` to this one; negative if it is later.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.duration_since(earlier.0).as_hours() / 24
    }

    /// The day `days` later (the last day of the calendar if there is none).
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let later = jiff::Span::new().try_days(days).ok().and_then(|span| self.0.checked_add(span).ok());
        later.map_or(Self(jiff::civil::Date::MAX), Self)
    }

    /// Year, month, day as numbers.
    pub fn ymd(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A date that may stop at the month or the year, because its source does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartDate {
    /// Only the year is known.
    Year(i16),
    /// Year and month are known.
    Month(i16, i8),
    /// The day is known.
    Day(Day),
}

impl PartDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(day) = Day::parse(text) {
            return Some(Self::Day(day));
        }
        if let Some([year, month]) = digits(text, [4, 2]) {
            let first = Day::from_ymd(year, month, 1)?;
            return Some(Self::Month(first.ymd().0, first.ymd().1));
        }
        let [year] = digits(text, [4])?;
        Day::from_ymd(year, 1, 1).map(|day| Self::Year(day.ymd().0))
    }

    /// The last day it can mean: the safe side for events.
    pub fn last_day(self) -> Day {
        let first = self.first_day().0;
        Day(match self {
            Self::Year(_) => first.last_of_year(),
            Self::Month(..) => first.last_of_month(),
            Self::Day(_) => first,
        })
    }

    /// The first day it can mean: for sorting, and the safe side for ageing.
    pub fn first_day(self) -> Day {
        match self {
            Self::Year(year) => Day(jiff::civil::date(year, 1, 1)),
            Self::Month(year, month) => Day(jiff::civil::date(year, month, 1)),
            Self::Day(day) => day,
        }
    }
}

impl fmt::Display for PartDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// Splits `text` at hyphens into numbers of exactly the given widths.
fn digits<const N: usize>(text: &str, widths: [usize; N]) -> Option<[u16; N]> {
    let mut parts = text.split('-');
    let mut numbers = [0; N];
    for (number, width) in numbers.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_iso_days_are_days() {
        for bad in ["2026-02-30", "2026-2-3", "26-02-03", "2026-11-23T00:00", "", "gestern", "2026-11"] {
            assert!(Day::parse(bad).is_none(), "{bad:?}");
        }
        assert_eq!(Day::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        let (a, b) = (Day::parse("2024-02-28").unwrap(), Day::parse("2025-02-28").unwrap());
        assert_eq!((b.days_since(a), a.days_since(b), a.plus_days(366)), (366, -366, b));
        assert_eq!(a.plus_days(i64::from(u32::MAX)).to_string(), "9999-12-31");
        assert_eq!(Day::from_unix(0).unwrap().to_string(), "1970-01-01");
    }

    #[test]
    fn a_source_date_is_as_exact_as_its_source() {
        for text in ["2021", "2021-10", "2021-10-07"] {
            assert_eq!(PartDate::parse(text).unwrap().to_string(), text);
        }
        assert!(PartDate::parse("2021-13").is_none() && PartDate::parse("210").is_none());
        let month = PartDate::parse("2021-10").unwrap();
        assert_eq!((month.first_day().to_string(), month.last_day().to_string()), ("2021-10-01".into(), "2021-10-31".into()));
    }
}
