//! `/.well-known/security.txt` (RFC 9116): who is to be told of a weakness.

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;
use crate::model::placeholder;
use crate::model::site::Site;

/// Where it lies.
pub(super) const PATH: &str = ".well-known/security.txt";

/// Days until it expires: RFC 9116 recommends less than a year.
const DAYS: i64 = 360;

/// The file, or why there is none.
pub(super) fn text(site: &Site, config: &Source) -> Result<String, Box<Diagnostic>> {
    let none = |why: &str, range: std::ops::Range<usize>, help: &str| {
        let finding = Diagnostic::note(codes::NO_SECURITY_TXT, format!("no security.txt is written: {why}"));
        Err(Box::new(finding.at(config.span(range)).help(help)))
    };
    let Some(email) = &site.config.publisher.email else {
        return none("`publisher.email` is missing", 0..0, "give `publisher` an `email`");
    };
    let is_address = email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    if !is_address || placeholder::find(email).next().is_some() || email.contains(char::is_whitespace) {
        return none("`publisher.email` is no mail address yet", email.range.clone(), "fill in the address");
    }
    if site.base_path() != "/" {
        return none(
            "it belongs to the root of the host, the site lies in a folder",
            site.config.base_url.range.clone(),
            "put one into the host's own `/.well-known/`",
        );
    }
    let expires = site.today.plus_days(DAYS);
    let (url, language) = (&site.config.base_url, site.config.language.code());
    Ok(format!("Contact: mailto:{email}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: {language}\nCanonical: {url}{PATH}\n"))
}
