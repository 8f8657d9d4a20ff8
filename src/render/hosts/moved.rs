//! Old addresses: rules for hosts that redirect, pages for hosts that do not.
//!
//! A rule is written wherever a host reads rules. The page is for hosts that read none, or
//! about which nothing is known: it sends readers on by a refresh in its head, which works
//! without JavaScript, and a script of the theme keeps the anchor, which a refresh would lose.
//! The audit allows a refresh on exactly these pages, to exactly these addresses.

use std::collections::BTreeMap;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::model::redirects::Redirect;
use crate::parse::scalar::Host;

use super::super::tree::Tree;

/// A redirect by absolute paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The old address in all its spellings.
    pub from: Vec<String>,
    /// The new one, with its anchor.
    pub to: String,
}

/// The rules of a site in the folder `base` of its host.
pub(super) fn rules(redirects: &[Redirect], base: &str) -> Vec<Rule> {
    let rule = |redirect: &Redirect| {
        let from = format!("{base}{}", redirect.from);
        let folder = (!redirect.is_file()).then(|| format!("{from}/"));
        let hash = if redirect.anchor.is_empty() { "" } else { "#" };
        Rule { from: [from].into_iter().chain(folder).collect(), to: format!("{base}{}{hash}{}", redirect.to.as_str(), redirect.anchor) }
    };
    redirects.iter().map(rule).collect()
}

/// The redirects that need a page: all, unless each host of site.yaml reads rules.
pub fn need_pages<'a>(redirects: &'a [Redirect], hosts: &[Host]) -> Vec<&'a Redirect> {
    let reads_none = |host: &Host| matches!(host, Host::Github | Host::Generic);
    if hosts.is_empty() || hosts.iter().any(reads_none) { redirects.iter().filter(|redirect| redirect.page().is_some()).collect() } else { Vec::new() }
}

/// The files of those pages and where each sends its readers, as a file with its anchor.
pub fn targets(redirects: &[&Redirect]) -> BTreeMap<String, String> {
    let target = |redirect: &Redirect| {
        let hash = if redirect.anchor.is_empty() { "" } else { "#" };
        Some((redirect.page()?.file(), format!("{}{hash}{}", redirect.to.file(), redirect.anchor)))
    };
    redirects.iter().filter_map(|redirect| target(redirect)).collect()
}

/// Old addresses that would hide something that is published.
pub fn clashes(redirects: &[Redirect], tree: &Tree) -> Vec<Diagnostic> {
    if redirects.is_empty() {
        return Vec::new();
    }
    let names = tree.paths().map(String::as_str).chain(tree.folders());
    let published: BTreeMap<String, &str> = names.map(|path| (path.to_lowercase(), path)).collect();
    let hidden = |redirect: &Redirect| {
        let from = redirect.from.to_lowercase();
        // A file with the name of a folder of the old address could not be written beside it.
        let above = from.match_indices('/').map(|(at, _)| from[..at].to_owned());
        let inside = from.match_indices('/').map(|(at, _)| from[..=at].to_owned());
        let all = [from.clone(), format!("{from}/index.html")].into_iter().chain(above).chain(inside);
        let known = all.into_iter().find_map(|path| published.get(&path).copied());
        // Nor a page with the name of a folder.
        let below = || redirect.is_file().then(|| published.range(format!("{from}/")..).next()).flatten();
        known.or_else(|| below().filter(|(path, _)| path.starts_with(&format!("{from}/"))).map(|(_, path)| *path))
    };
    let finding = |redirect: &Redirect| {
        let path = hidden(redirect)?;
        let finding = Diagnostic::error(codes::REDIRECT_CLASH, format!("the old address `{}` is that of `{path}`", redirect.from));
        Some(finding.at(redirect.place.clone()).help("remove it: that address is in use today"))
    };
    redirects.iter().filter_map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::{Route, SitePath};
    use crate::base::source::Span;

    fn redirect(from: &str) -> Redirect {
        let place = Span { path: SitePath::parse("content/site.yaml").unwrap(), start: 0, end: 0 };
        Redirect { from: from.to_owned(), to: Route::parse("neu/").unwrap(), anchor: "a".to_owned(), place }
    }

    #[test]
    fn rules_stand_in_the_folder_of_the_site() {
        let rules = rules(&[redirect("alt"), redirect("alt.html")], "/x/");
        let of = |rule: &Rule| (rule.from.join(" "), rule.to.clone());
        assert_eq!(of(&rules[0]), ("/x/alt /x/alt/".to_owned(), "/x/neu/#a".to_owned()));
        assert_eq!(of(&rules[1]), ("/x/alt.html".to_owned(), "/x/neu/#a".to_owned()));
    }

    #[test]
    fn nothing_that_is_published_is_hidden() {
        let mut tree = Tree::from(["index.html", "neu/index.html", "feed.xml", "v1.2/a.json"].map(|path| (path, *b"")));
        tree.insert_folder("api/v1/", Box::new(Vec::new));
        for (from, clash) in [
            ("alt", false),
            ("neu", true),
            ("Neu", true),
            ("feed.xml", true),
            ("feed.xml/alt", true),
            ("index.html", true),
            ("neu/alt", false),
            ("v1.2", true),
            ("api/v1/a.json", true),
            ("api/v2", false),
        ] {
            assert_eq!(!clashes(&[redirect(from)], &tree).is_empty(), clash, "{from}");
        }
    }

    #[test]
    fn pages_are_made_only_where_a_host_may_read_no_rules() {
        let all = [redirect("alt"), redirect("alt.php")];
        for (hosts, pages) in
            [(&[][..], 1), (&[Host::Github], 1), (&[Host::Apache, Host::Generic], 1), (&[Host::Apache], 0), (&[Host::Netlify, Host::Nginx], 0)]
        {
            assert_eq!(need_pages(&all, hosts).len(), pages, "{hosts:?}");
        }
        assert_eq!(targets(&need_pages(&all, &[]))["alt/index.html"], "neu/index.html#a");
    }
}
