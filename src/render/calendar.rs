//! The calendar of checks, `pruefkalender.ics` (RFC 5545): an all-day event for everything
//! that is due, for any calendar program to subscribe to.

use crate::base::date::Day;
use crate::model::due::{Due, DueKind};
use crate::model::prose::ROOT;
use crate::model::site::Site;
use crate::parse::integrity::address::host;
use crate::parse::strings::Strings;

/// Its path in the output.
pub const PATH: &str = "pruefkalender.ics";

/// Octets of a line, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// Writes the calendar. It must hold an event, so there is none if nothing is due.
pub fn calendar(due: &[Due], site: &Site, strings: &Strings) -> Vec<u8> {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| fold(&format!("{name}:{value}"), &mut out);
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//leitfaden//leitfaden//EN");
    let name = format!("{}: {}", site.config.title.value, strings.get("title.due"));
    line("X-WR-CALNAME", &escape(&name));
    let domain = host(&site.config.base_url.value).unwrap_or_default();
    for item in due {
        line("BEGIN", "VEVENT");
        line("UID", &format!("{}-{}@{domain}", item.id, item.day));
        // The same day gives the same bytes, so the stamp is the day of the build.
        line("DTSTAMP", &format!("{}T000000Z", digits(site.today)));
        line("DTSTART;VALUE=DATE", &digits(item.day));
        line("DTEND;VALUE=DATE", &digits(item.day.plus_days(1)));
        line("SUMMARY", &escape(&summary(item, strings)));
        if !item.parts.is_empty() {
            line("DESCRIPTION", &escape(&item.parts.join("\n")));
        }
        line("URL", &item.address.replace(ROOT, &site.config.base_url.value).replace("index.html", ""));
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out.into_bytes()
}

/// What has to be done, in a line.
pub fn summary(item: &Due, strings: &Strings) -> String {
    let key = if item.kind == DueKind::Facts && item.parts.len() == 1 { "due.fact".to_owned() } else { format!("due.{}", item.kind.word()) };
    strings.fill(&key, &[("name", &item.name), ("count", &item.parts.len().to_string())])
}

fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Escapes a text (RFC 5545, 3.3.11).
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Writes a line, folded so that no part of it is too long and no character is cut.
fn fold(line: &str, out: &mut String) {
    let mut length = 0;
    for c in line.chars().filter(|c| !c.is_control()) {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
