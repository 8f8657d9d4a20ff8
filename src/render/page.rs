//! Pages → HTML: a view for each, filled into its template, addresses made relative.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::base::seek;
use crate::model::articles::related;
use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::model::redirects::Redirect;
use crate::model::site::{Article, Site};
use crate::parse::scalar::host_of;
use crate::parse::strings::Strings;

use super::pictures::Pictures;
use super::preview::Preview;
use super::theme::{Shared, Theme, share};
use super::view::{Crumb, LinkView, PageView, PartView, TocEntry, versions};
use super::{body, json_ld, languages};

/// Everything a page is made from.
#[derive(Clone, Copy)]
pub struct Kit<'a> {
    /// The site in the language of the page.
    pub site: &'a Site,
    /// The site in its main language, which holds the others.
    pub main: &'a Site,
    /// The theme.
    pub theme: &'a Theme,
    /// The site as templates see it.
    pub view: &'a Shared,
    /// The pictures of articles.
    pub pictures: &'a Pictures,
}

/// Renders the page at `route`, or says all that is wrong with it.
pub fn render(route: &Route, kind: PageKind, kit: Kit<'_>) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let view = page_view(route, kind, kit, &mut findings);
    let template = template(kind, kit, &mut findings);
    match kit.theme.render(&template, kit.view, &share(&view)) {
        Ok(html) if findings.is_empty() => {
            let html = languages::mark_links(html, kit.site, kit.main);
            Ok(with_root(&html, &root_of(route, kind, kit.site)).into_bytes())
        }
        Ok(_) => Err(findings),
        Err(finding) => Err(findings.into_iter().chain([finding]).collect()),
    }
}

/// What the image beside links to a page says; pages without a title of their own show the site's.
pub fn preview(kind: PageKind, site: &Site, strings: &Strings) -> Preview {
    let name = site.config.title.value.clone();
    let above = match kind {
        PageKind::System(index) => site.cards[index].entry.variant.clone(),
        PageKind::Criterion(_) => titles(PageKind::Criteria, site, strings).0,
        PageKind::Article(index) => site.articles[index].topics.first().map(|&topic| site.topics[topic].label.clone()).unwrap_or_default(),
        PageKind::Matrix | PageKind::Decision => String::new(),
        _ => return Preview { title: name, above: String::new(), site: host_of(&site.config.base_url).unwrap_or_default().to_owned() },
    };
    Preview { title: titles(kind, site, strings).0, above, site: name }
}

/// Renders the page at an old address, which sends readers to the new one.
pub fn render_moved(redirect: &Redirect, kit: Kit<'_>) -> Result<Vec<u8>, Diagnostic> {
    let strings = &kit.theme.strings;
    let (to, from) = (&redirect.to, redirect.page().unwrap_or_else(Route::home));
    let label = kit.site.pages.get(to).map_or_else(|| to.as_str().to_owned(), |kind| titles(kind, kit.site, strings).0);
    let view = PageView {
        kind: "moved",
        title: strings.get("title.moved").to_owned(),
        description: strings.fill("description.moved", &[("title", &label)]),
        canonical: format!("{}{}", kit.site.config.base_url, to.as_str()),
        noindex: true,
        moved_to: Some(LinkView { label, url: address(to, &redirect.anchor) }),
        ..PageView::default()
    };
    let html = kit.theme.render("moved.html", kit.view, &share(&view))?;
    Ok(with_root(&html, &from.to_root()).into_bytes())
}

/// Renders a data file (feed, sitemap) by a template; its addresses are absolute. `index` is the
/// position of what it is about, where there is one for each.
pub fn render_data(template: &str, index: usize, kit: Kit<'_>) -> Result<Vec<u8>, Diagnostic> {
    let page = share(&PageView { index, ..PageView::default() });
    let text = kit.theme.render(template, kit.view, &page)?;
    Ok(absolute(&text, &kit.site.config.base_url).into_bytes())
}

/// Puts the way to the root in front of every internal address.
pub(super) fn with_root(html: &str, root: &str) -> String {
    seek::replaced(html, ROOT, root)
}

/// Absolute addresses end in the folder, not in `index.html`.
pub fn absolute(text: &str, base_url: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(ROOT);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(base_url);
        let end = part.find(['"', '<', '&', ' ', '\n', '#']).unwrap_or(part.len());
        let (url, rest) = part.split_at(end);
        out.push_str(url.strip_suffix("index.html").unwrap_or(url));
        out.push_str(rest);
    }
    out
}

/// 404.html is shown at any depth, so it starts at the host's root.
fn root_of(route: &Route, kind: PageKind, site: &Site) -> String {
    if kind == PageKind::NotFound { site.base_path() } else { route.to_root() }
}

fn template(kind: PageKind, kit: Kit<'_>, findings: &mut Vec<Diagnostic>) -> String {
    let article = match kind {
        PageKind::Article(index) => kit.site.articles.get(index).map(Arc::as_ref),
        kind => kit.site.intros.get(&kind),
    };
    if let Some(article) = article
        && let Some(name) = &article.front.template
    {
        if kit.theme.has_template(name) {
            return name.value.clone();
        }
        let finding = Diagnostic::error(codes::UNKNOWN_TEMPLATE, format!("the theme has no template `{name}`"));
        findings.push(finding.at(article.source.span(name.range.clone())).help("name a file of the theme's templates folder, or remove the key"));
    }
    format!("{}.html", kit.site.whole(kind).0.key())
}

fn page_view(route: &Route, kind: PageKind, kit: Kit<'_>, findings: &mut Vec<Diagnostic>) -> PageView {
    let site = kit.site;
    let strings = &kit.theme.strings;
    let mut view = PageView {
        kind: site.whole(kind).0.key(),
        part: PartView::of(kind, site),
        canonical: format!("{}{}", site.config.base_url, route.as_str()),
        preview: format!("{}{}", site.config.base_url, preview(kind, site, strings).path()),
        noindex: site.is_demo() || matches!(kind, PageKind::NotFound | PageKind::Notice(_) | PageKind::Print),
        versions: versions(kind, site, kit.main),
        crumbs: crumbs(kind, site, strings),
        ..PageView::default()
    };
    (view.title, view.description) = titles(kind, site, strings);
    view.index = match site.whole(kind).0 {
        PageKind::System(index)
        | PageKind::Criterion(index)
        | PageKind::Selection(index)
        | PageKind::Article(index)
        | PageKind::Topic(index)
        | PageKind::Notice(index) => index,
        _ => 0,
    };
    let text = match kind {
        PageKind::Article(index) => site.articles.get(index).map(Arc::as_ref),
        kind => site.intros.get(&kind),
    };
    if let Some(article) = text {
        view.body_html = body_html(article, "", &view, kit, findings);
        view.toc = toc(article);
    }
    if let PageKind::Article(index) = kind
        && kit.theme.asks.related
    {
        view.related = related(index, site);
    }
    if kind == PageKind::Print {
        let texts = site.articles.iter().enumerate();
        // Each article's anchors get a prefix of their own, so that all can stand on one page.
        view.bodies_html = texts.map(|(index, article)| body_html(article, &format!("a{}--", index + 1), &view, kit, findings)).collect();
    }
    if shows_form(kind, text, site) {
        view.form_action = form_hosts(site);
    }
    view.json_ld = json_ld::block(kind, &view, site);
    view
}

fn body_html(article: &Article, prefix: &str, page_so_far: &PageView, kit: Kit<'_>, findings: &mut Vec<Diagnostic>) -> String {
    // Few texts have directives, and a text's page is made for those alone.
    let page = OnceCell::new();
    let html = body::with_directives(&article.body, prefix, &mut |directive| {
        kit.theme.component(directive, kit.view, page.get_or_init(|| share(page_so_far)), &article.source).unwrap_or_else(|finding| {
            findings.push(finding);
            String::new()
        })
    });
    kit.pictures.widen(html)
}

fn toc(article: &Article) -> Vec<TocEntry> {
    let headings = article.body.document.headings.iter().filter(|heading| heading.level <= 3);
    headings.map(|heading| TocEntry { level: heading.level, id: heading.id.clone(), html: heading.html.clone() }).collect()
}

/// Title and description of a page.
fn titles(kind: PageKind, site: &Site, strings: &Strings) -> (String, String) {
    let described = |article: &Article| {
        let description = article.front.description.as_ref().map(|text| text.value.clone());
        (article.front.title.value.clone(), description.unwrap_or_default())
    };
    let first = |text: &str| text.to_owned();
    match kind {
        PageKind::Article(index) => described(&site.articles[index]),
        PageKind::System(index) => {
            let card = &site.cards[index];
            (first(&card.entry.name), first(card.summary.plain()))
        }
        PageKind::Criterion(index) => {
            let entry = &site.catalogue.criteria[index].entry;
            (first(&entry.label), first(&entry.question))
        }
        PageKind::Selection(index) => {
            let selection = &site.selections[index];
            let criterion = &site.catalogue.criteria[selection.criterion].entry;
            let value = &criterion.values[selection.value];
            let texts = [("criterion", criterion.label.as_str()), ("value", value.label.as_str())];
            (strings.fill("title.selection", &texts), strings.fill("description.selection", &texts))
        }
        PageKind::Topic(index) => {
            let label = site.topics[index].label.as_str();
            (strings.fill("title.topic", &[("label", label)]), strings.fill("description.topic", &[("label", label)]))
        }
        PageKind::Notice(index) => {
            let version = site.notices[index].entry.version.value.to_string();
            (strings.fill("title.notice", &[("version", &version)]), strings.fill("description.notice", &[("version", &version)]))
        }
        PageKind::Part(_) => {
            let (whole, number) = site.whole(kind);
            let ((title, description), number) = (titles(whole, site, strings), number.to_string());
            (
                strings.fill("title.part", &[("number", &number), ("title", &title)]),
                strings.fill("description.part", &[("number", &number), ("description", &description)]),
            )
        }
        kind => match site.intros.get(&kind) {
            Some(article) => described(article),
            None => (first(strings.get(&format!("title.{}", kind.key()))), first(strings.get(&format!("description.{}", kind.key())))),
        },
    }
}

/// The way from the start to a page; the page itself is not part of it.
fn crumbs(kind: PageKind, site: &Site, strings: &Strings) -> Vec<Crumb> {
    let whole = matches!(kind, PageKind::Part(_)).then(|| site.whole(kind).0);
    let kind = whole.unwrap_or(kind);
    let parent = match kind {
        PageKind::Home => return Vec::new(),
        PageKind::System(_) => Some(PageKind::Systems),
        PageKind::Criterion(_) => Some(PageKind::Criteria),
        PageKind::Selection(_) => Some(PageKind::Matrix),
        PageKind::Article(_) | PageKind::Topic(_) => Some(PageKind::Topics),
        PageKind::Notice(_) => Some(PageKind::Newsletter),
        _ => None,
    };
    let crumb = |kind: PageKind| {
        let label = if kind == PageKind::Home { strings.get("crumb.home").to_owned() } else { titles(kind, site, strings).0 };
        site.route(kind).map(|route| Crumb { label, url: address(route, "") })
    };
    [Some(PageKind::Home), parent, whole].into_iter().flatten().filter_map(crumb).collect()
}

fn shows_form(kind: PageKind, text: Option<&Article>, site: &Site) -> bool {
    let names_it = |article: &Article| article.body.document.directives.iter().any(|directive| directive.name == "newsletter");
    match kind {
        PageKind::Newsletter => true,
        PageKind::Print => site.articles.iter().any(|article| names_it(article)),
        _ => text.is_some_and(names_it),
    }
}

/// Hosts for the CSP's `form-action`: the provider's and those it redirects to.
pub fn form_hosts(site: &Site) -> Vec<String> {
    let Some(notice) = site.current_notice().map(|index| &site.notices[index]) else { return Vec::new() };
    let form = &notice.entry.form;
    let all = std::iter::once(form.action.value.as_str()).chain(form.extra_form_action.iter().map(|url| url.0.as_str()));
    all.filter(|url| !url.contains("[[")).filter_map(host_of).map(|host| format!("https://{host}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_addresses_end_in_the_folder() {
        let text = format!("<loc>{ROOT}index.html</loc><loc>{ROOT}a/index.html</loc><a href=\"{ROOT}a/index.html#b\">{ROOT}feed.xml</a>");
        let expected = "<loc>https://x.example/</loc><loc>https://x.example/a/</loc><a href=\"https://x.example/a/#b\">https://x.example/feed.xml</a>";
        assert_eq!(absolute(&text, "https://x.example/"), expected);
    }
}
