//! The theme: templates, texts and static files, the site's own over the standard ones.
//!
//! 1. [`Theme::layered`] collects the files of both layers, the site's own first;
//! 2. static files get their hash into their name, style sheets are pointed at the new names;
//! 3. if the templates do not fit together, each is tried on its own, so that all errors come in one run;
//! 4. [`Theme::render`] and [`Theme::component`] fill them in.
//!
//! This is the only module that names the template engine.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::value::Key;
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use crate::base::codes::{self, Letter};
use crate::base::date::PartDate;
use crate::base::diag::Diagnostic;
use crate::base::hash::sha256_hex;
use crate::base::path::SitePath;
use crate::base::source::{Source, Sources};
use crate::model::prose::ROOT;
use crate::parse::config::Language;
use crate::parse::decode::is_hole;
use crate::parse::document::Directive;
use crate::parse::load_file;
use crate::parse::strings::Strings;
use crate::parse::theme_file::ThemeFile;

use super::assets::{self, Assets};
use super::audit::origin::place_in;
use super::body;
use super::standard;

/// The version of the template contract (see `themes/README.md`).
pub const CONTRACT: u32 = 1;

/// How the error of [`text`] begins; it travels through the engine as words.
const NO_TEXT: &str = "the language file has no text";

/// A value that templates see, shared between pages without copying.
pub type Shared = Value;

/// Turns a view into a value that templates see.
pub fn share<T: Serialize + ?Sized>(view: &T) -> Shared {
    Value::from_serializable(view)
}

/// The view with another value of one of its fields.
pub fn with_field(view: &Shared, field: &'static str, value: Shared) -> Shared {
    let mut fields = view.as_map().cloned().unwrap_or_default();
    fields.insert(Key::Str(field), value);
    Shared::from(fields)
}

/// The view with another entry in one of its lists.
pub fn with_entry(view: &Shared, list: &'static str, index: usize, entry: Shared) -> Shared {
    let mut entries = view.get_from_path(list).and_then(Shared::as_array).map(<[Shared]>::to_vec).unwrap_or_default();
    if let Some(old) = entries.get_mut(index) {
        *old = entry;
    }
    with_field(view, list, Shared::from(entries))
}

/// A ready theme.
pub struct Theme {
    /// Its folder in `themes`.
    name: String,
    tera: Tera,
    /// The texts of the site's language.
    pub strings: Arc<Strings>,
    /// The static files, with their hashed names.
    pub assets: Arc<Assets>,
    /// A hash of the templates and texts.
    pub stamp: String,
    /// What its templates ask for.
    pub asks: Asks,
    /// Template name in the engine → its text, for findings.
    templates: BTreeMap<String, Source>,
}

/// What costs much and is made only if a template that pages can reach says its name.
#[derive(Clone, Copy, Debug)]
pub struct Asks {
    /// `page.preview`: an image for each page.
    pub preview: bool,
    /// `page.related`: for each article those that have most in common with it.
    pub related: bool,
    /// `system.evidence`: a script with the evidence of each system.
    pub evidence: bool,
}

impl Asks {
    /// Looks into the site's own templates and into those standard ones that none of them replaces.
    fn of(templates: &BTreeMap<String, Source>) -> Self {
        let is_replaced = |name: &str| {
            let own = name.strip_prefix("standard/").is_some_and(|inner| templates.contains_key(&format!("own/{inner}")));
            own && !templates.values().any(|source| source.text.contains(name))
        };
        let reached: Vec<&str> = templates.iter().filter(|(name, _)| !is_replaced(name)).map(|(_, source)| &*source.text).collect();
        let says = |name: &str| reached.iter().any(|text| text.contains(name));
        Self { preview: says("page.preview"), related: says("page.related"), evidence: says("system.evidence") }
    }
}

/// The files of one theme folder by their path in it.
type Layer = BTreeMap<String, Source>;

impl Theme {
    /// The theme `name`, laid over the standard one. What is wrong with it comes along.
    pub fn layered(sources: &Sources, name: &str, language: Language) -> (Self, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let base = standard_texts(sources);
        let own = if name == "standard" { Layer::new() } else { texts_of(sources, name) };
        let strings = Arc::new(strings(&[&base, &own], language, &mut findings));
        let mut files = assets::embedded();
        assets::overlay(&mut files, sources, "standard");
        if name != "standard" {
            assets::overlay(&mut files, sources, name);
            check_overrides(&own, &base, &mut findings);
            check_contract(&own, &mut findings);
        }
        let assets = Arc::new(Assets::hashed(files));
        let mut templates = BTreeMap::new();
        for (layer, prefix) in [(own, "own/"), (base, "standard/")] {
            for (path, source) in layer {
                if let Some(inner) = path.strip_prefix("templates/") {
                    templates.insert(format!("{prefix}{inner}"), source);
                }
            }
        }
        let texts: Vec<(&String, &str)> = templates.iter().map(|(name, source)| (name, &*source.text)).collect();
        let stamp = sha256_hex(format!("{language:?} {strings:?} {texts:?}").as_bytes());
        let asks = Asks::of(&templates);
        let mut theme = Self { name: name.to_owned(), tera: engine(&strings, &assets, language), strings, assets, stamp, asks, templates };
        findings.extend(theme.add_templates());
        (theme, findings)
    }

    /// Whether there is a theme of this name.
    pub fn exists(sources: &Sources, name: &str) -> bool {
        name == "standard" || sources.texts.keys().chain(sources.files.keys()).any(|path| path.below(&format!("themes/{name}")).is_some())
    }

    fn add_templates(&mut self) -> Vec<Diagnostic> {
        let all: Vec<(&str, &str)> = self.templates.iter().map(|(name, source)| (name.as_str(), &*source.text)).collect();
        let Err(error) = self.tera.add_raw_templates(all) else { return Vec::new() };
        let mut findings = Vec::new();
        for (name, source) in &self.templates {
            // The engine reports only the first bad template of a set, so each is tried alone.
            let mut scratch = Tera::new();
            if let Err(error) = scratch.add_raw_template(name, &source.text)
                && let ErrorKind::SyntaxError(_) = error.kind()
            {
                findings.push(self.worded(&error, codes::THEME_SYNTAX));
            }
        }
        if findings.is_empty() {
            findings.push(self.worded(&error, codes::THEME_SYNTAX));
        }
        findings
    }

    /// Whether there is a template of this name.
    pub fn has_template(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Path, line and column of words in a template of the site's own, or else in a standard one.
    pub fn find(&self, needle: &str) -> Option<(SitePath, usize, usize)> {
        self.templates.values().find_map(|source| {
            let (line, column) = place_in(&source.text, needle)?;
            Some((source.path.clone(), line, column))
        })
    }

    /// The file that a static file of the output was made of, as far as the project has it.
    pub fn origin(&self, output: &str) -> Option<SitePath> {
        let inner = self.assets.original(output)?;
        SitePath::parse(&format!("themes/{}/static/{inner}", self.name)).ok()
    }

    /// Renders a template with the site and the page.
    pub fn render(&self, template: &str, site: &Shared, page: &Shared) -> Result<String, Diagnostic> {
        self.tera.render(template, &context(site, page)).map_err(|error| self.worded(&error, codes::THEME_RENDER))
    }

    /// Renders a directive of an article by the component of its name.
    pub fn component(&self, directive: &Directive, site: &Shared, page: &Shared, article: &Source) -> Result<String, Diagnostic> {
        let at = |finding: Diagnostic| finding.at(article.span(directive.range.clone()));
        // Components with a dot in their name are the theme's own parts, not for articles.
        let info = self.tera.get_component_definition(&directive.name).filter(|info| !info.name().contains('.'));
        let Some(info) = info else {
            let mut known: Vec<&str> = self.tera.get_component_names().filter(|name| !name.contains('.')).collect();
            known.sort_unstable();
            let finding = Diagnostic::error(codes::DIRECTIVE_UNKNOWN, format!("there is no directive `{}`", directive.name));
            return Err(at(finding.suggest(&directive.name, known)));
        };
        let allowed: Vec<&str> = info.args().iter().filter(|arg| !arg.is_implicit()).map(tera::ComponentArg::name).collect();
        let mut args = Context::new();
        for (name, value, range) in &directive.args {
            if !allowed.contains(&name.as_str()) {
                let finding = Diagnostic::error(codes::DIRECTIVE_ARGUMENT, format!("`{}` has no argument `{name}`", directive.name));
                return Err(finding.at(article.span(range.clone())).suggest(name, allowed));
            }
            args.insert(name.clone(), value);
        }
        if let Some(missing) = info.args().iter().find(|arg| arg.is_required() && !directive.args.iter().any(|(name, _, _)| name == arg.name())) {
            let finding = Diagnostic::error(codes::DIRECTIVE_ARGUMENT, format!("`{}` needs the argument `{}`", directive.name, missing.name()));
            return Err(at(finding.help(format!("add `{}=\"…\"`", missing.name()))));
        }
        let rendered = self.tera.render_component_with_implicits(&directive.name, &args, &context(site, page), None, true);
        rendered.map_err(|error| self.worded(&error, codes::THEME_RENDER))
    }

    fn worded(&self, error: &Error, code: codes::Code) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let message = first_line(report.message());
                let is_text = message.starts_with(NO_TEXT);
                let finding = Diagnostic::error(if is_text { codes::THEME_TEXT } else { code }, message);
                let source = self.templates.get(report.filename()).or_else(|| self.templates.get(&format!("standard/{}", report.filename())));
                let finding = match source {
                    Some(source) => finding.at(source.span(report.span().range.clone())),
                    None => finding,
                };
                finding.help(if is_text {
                    "add it to the theme's i18n folder, in every language"
                } else {
                    "see themes/README.md for what a template can use here"
                })
            }
            // Unknown filters, functions and components come as a text with ` --> file:line:column` in it.
            other => {
                let text = other.to_string();
                let place = text.split(" --> ").nth(1).and_then(|rest| rest.split_whitespace().next()).map(|place| place.splitn(3, ':').collect::<Vec<_>>());
                let finding = Diagnostic::error(code, first_line(&text)).help("see themes/README.md for what a template can use here");
                match place.as_deref() {
                    Some([file, line, column]) => match self.templates.get(*file) {
                        Some(source) => finding.at(source.span(0..0)).in_line(line.parse().unwrap_or(1), column.parse().unwrap_or(1)),
                        None => finding,
                    },
                    _ => finding,
                }
            }
        }
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ").trim_end_matches('.');
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn context(site: &Shared, page: &Shared) -> Context {
    let mut context = Context::new();
    context.insert_value("site", site.clone());
    context.insert_value("page", page.clone());
    context
}

fn engine(strings: &Arc<Strings>, assets: &Arc<Assets>, language: Language) -> Tera {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(["own/", "standard/"]).expect("no template is added yet");
    tera.autoescape_on(vec![".html", ".xml"]);
    let texts = Arc::clone(strings);
    tera.register_function("t", move |args: Kwargs, _: &State| text(&texts, &args));
    let files = Arc::clone(assets);
    tera.register_function("asset", move |args: Kwargs, _: &State| -> TeraResult<Value> {
        let path: String = args.must_get("path")?;
        let hashed = files.name(&path).ok_or_else(|| Error::message(format!("the theme has no static file `{path}`")))?;
        Ok(Value::normal_string(&format!("{ROOT}{hashed}")))
    });
    let files = Arc::clone(assets);
    tera.register_function("has_asset", move |args: Kwargs, _: &State| -> TeraResult<bool> { Ok(files.name(&args.must_get::<String>("path")?).is_some()) });
    let months = Arc::clone(strings);
    tera.register_filter("day", move |date: &str, _: Kwargs, _: &State| -> TeraResult<String> { Ok(day(date, language, &months)) });
    let stems: Vec<String> = strings.get("hyphen.before").split(' ').filter(|stem| !stem.is_empty()).map(str::to_owned).collect();
    tera.register_filter("shy", move |text: &str, _: Kwargs, _: &State| -> TeraResult<String> { Ok(soft_hyphens(text, &stems)) });
    tera.register_filter("marked", |text: &str, _: Kwargs, _: &State| -> TeraResult<Value> {
        Ok(Value::safe_string(&body::mark_placeholders(&body::escape(text))))
    });
    tera
}

/// `t(key="…", name=value)`: a text of the language file; a key that is not there is an error.
fn text(strings: &Strings, args: &Kwargs) -> TeraResult<Value> {
    let key: &str = args.must_get("key")?;
    let mut text = strings.find(key).ok_or_else(|| Error::message(format!("{NO_TEXT} `{key}`")))?.to_owned();
    let has_gaps = text.contains('{');
    // Few texts have gaps, and only those ask for what fills them.
    for (name, value) in args.iter().filter(|_| has_gaps) {
        text = text.replace(&format!("{{{name}}}"), &value.to_string());
    }
    Ok(Value::normal_string(&text))
}

/// A date in the site's language: `23.11.2026`, `11.2026`; `23 Nov 2026`, `Nov 2026`.
pub fn day(date: &str, language: Language, strings: &Strings) -> String {
    let month = |month: i8| strings.get(&format!("month.{month}")).to_owned();
    match (PartDate::parse(date), language) {
        (Some(PartDate::Day(day)), Language::De) => {
            let (year, month, day) = day.ymd();
            format!("{day:02}.{month:02}.{year}")
        }
        (Some(PartDate::Day(day)), Language::En) => {
            let (year, number, day) = day.ymd();
            format!("{day} {} {year}", month(number))
        }
        (Some(PartDate::Month(year, number)), Language::De) => format!("{number:02}.{year}"),
        (Some(PartDate::Month(year, number)), Language::En) => format!("{} {year}", month(number)),
        _ => date.to_owned(),
    }
}

/// Puts a soft hyphen (U+00AD) before every stem inside a word: browsers do not know
/// the compounds of every language.
fn soft_hyphens(text: &str, stems: &[String]) -> String {
    let mut hyphenated = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let inside = hyphenated.chars().next_back().is_some_and(char::is_alphabetic);
        if inside && c.is_lowercase() && stems.iter().any(|stem| text[at..].starts_with(stem.as_str())) {
            hyphenated.push('\u{ad}');
        }
        hyphenated.push(c);
    }
    hyphenated
}

fn strings(layers: &[&Layer], language: Language, findings: &mut Vec<Diagnostic>) -> Strings {
    let mut strings = Strings::default();
    for layer in layers {
        if let Some(source) = layer.get(&format!("i18n/{}.yaml", language.code())) {
            let (read, found) = Strings::read(source);
            strings.overlay(read);
            findings.extend(found);
        }
    }
    strings
}

/// The embedded texts, replaced by those of a `themes/standard` in the project.
fn standard_texts(sources: &Sources) -> Layer {
    let mut layer = Layer::new();
    for (path, bytes) in standard::FILES {
        if let (Ok(site_path), Ok(text)) = (SitePath::parse(&format!("themes/standard/{path}")), std::str::from_utf8(bytes)) {
            layer.insert((*path).to_owned(), Source { path: site_path, text: text.into() });
        }
    }
    layer.extend(texts_of(sources, "standard"));
    layer
}

fn texts_of(sources: &Sources, name: &str) -> Layer {
    let folder = format!("themes/{name}");
    let inside = sources.texts.values().filter_map(|source| Some((source.path.below(&folder)?.to_owned(), source.clone())));
    inside.collect()
}

/// A theme of the site's own may say for which contract it was written.
fn check_contract(own: &Layer, findings: &mut Vec<Diagnostic>) {
    let Some(source) = own.get("theme.yaml") else { return };
    let (file, found) = load_file::<ThemeFile>(source, Letter::Theme);
    findings.extend(found);
    if let Some(contract) = file.map(|file| file.contract).filter(|contract| contract.value != CONTRACT && !is_hole(contract)) {
        let finding = Diagnostic::error(codes::THEME_CONTRACT, format!("the theme was written for contract {contract}, this is contract {CONTRACT}"));
        findings.push(finding.at(source.span(contract.range.clone())).help("compare the templates with themes/README.md, then write the new number"));
    }
}

/// A template of the site's own that replaces nothing and is included by nothing is a slip.
fn check_overrides(own: &Layer, base: &Layer, findings: &mut Vec<Diagnostic>) {
    for (path, source) in own.iter().filter(|(path, _)| !base.contains_key(*path) && path.starts_with("templates/")) {
        let name = path.trim_start_matches("templates/");
        let is_used = own.values().any(|other| other.path != source.path && other.text.contains(name)) || source.text.contains("{% component ");
        if !is_used {
            let finding = Diagnostic::warning(codes::THEME_UNUSED, format!("`{name}` replaces no template of the standard theme")).at(source.span(0..0));
            findings.push(finding.suggest(name, base.keys().filter_map(|known| known.strip_prefix("templates/"))));
        }
    }
}
