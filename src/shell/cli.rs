//! The commands and their flags.
//!
//! Exit codes: 0 clean, 1 findings in the content, 2 could not run.

use std::io::Write as _;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, CommandFactory as _, Parser, Subcommand};

use super::environment::{self, today};
use super::manual::{self, Shell};
use super::publish;
use super::report::{self, Format};
use super::serve::{self, News, Wish};
use super::summary::{stops, told};
use super::timings::Timings;
use super::{disk, starter};
use crate::base::codes;
use crate::base::date::Day;
use crate::base::diag::{Diagnostic, Severity};
use crate::base::source::Sources;
use crate::model::schema;
use crate::parse::scalar::Host;
use crate::parse::schema::FileKind;
use crate::pipeline::{self, Built, Memory, Request};
use crate::render::hosts::Target;
use crate::render::{pictures, preview};

/// Builds compliance guides: Markdown articles and typed YAML cards become a comparison website.
#[derive(Parser, Debug)]
#[command(name = "leitfaden", version = environment::VERSION.as_str(), max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args, Debug)]
pub(super) struct Common {
    /// The project's folder.
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub(super) root: PathBuf,
    /// How findings are printed.
    #[arg(long, global = true, value_enum, default_value = "human")]
    pub(super) format: Format,
    /// Prints findings only.
    #[arg(long, global = true)]
    pub(super) quiet: bool,
    /// The day to build for [default: `SOURCE_DATE_EPOCH`, else today in UTC].
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) today: Option<Day>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Builds the site into a folder.
    Build(Build),
    /// Builds in memory, shows the site in the browser and follows every change.
    Serve(Serve),
    /// Builds and audits without writing anything.
    Check(Check),
    /// Writes a small guide that builds and checks clean.
    Init {
        /// A new or empty folder.
        dir: PathBuf,
        /// The language of the guide.
        #[arg(long, default_value = "de", value_parser = starter::language())]
        language: starter::Language,
    },
    /// Writes a stub with every required field.
    New {
        /// What to write.
        kind: starter::Kind,
        /// The last part of its address: small letters, digits, hyphens.
        slug: String,
        /// Writes the translation of what is there into this further language of the site.
        #[arg(long, value_parser = starter::language())]
        language: Option<starter::Language>,
    },
    /// Prints the JSON Schema of a kind of file, with this site's criteria and values; without KIND, writes all of them to `schema/`.
    Schema {
        /// Which kind of file.
        #[arg(value_parser = PossibleValuesParser::new(FileKind::ALL.map(FileKind::word)).try_map(|word| named(FileKind::ALL, FileKind::word, &word)))]
        kind: Option<FileKind>,
    },
    /// Prints the configuration of a host for this site.
    Deploy {
        /// Which host.
        #[arg(value_parser = PossibleValuesParser::new(Target::ALL.map(Target::word)).try_map(|word| named(Target::ALL, Target::word, &word)))]
        host: Target,
        #[command(flatten)]
        site: SiteFlags,
    },
    /// Says what a code means, with a wrong and a right example.
    Explain {
        /// The code, for example V012.
        code: String,
    },
    /// Prints the script that makes a shell complete commands and flags.
    Completions {
        /// Which shell.
        shell: Shell,
    },
    /// Prints the manual page.
    Man,
}

#[derive(Args, Debug)]
pub(super) struct Build {
    /// Where to build to [default: `public` in the project's folder].
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// Prints the milliseconds of each phase.
    #[arg(long)]
    pub(super) timings: bool,
}

#[derive(Args, Debug)]
struct Serve {
    /// Where `build` writes to, if that is among the inputs: it is left out. The preview writes nothing.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    site: SiteFlags,
    /// The address to listen on; any but this machine's own lets others on the network in.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// The port, 0 for any free one [default: 4000 or the next free].
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Opens the browser.
    #[arg(long)]
    open: bool,
    /// Looks for changes in this interval instead of being told by the system.
    #[arg(long, value_name = "MS", num_args = 0..=1, require_equals = true, default_missing_value = "500", value_parser = clap::value_parser!(u64).range(10..=60_000))]
    poll: Option<u64>,
    /// Prints the milliseconds of each phase.
    #[arg(long)]
    timings: bool,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) site: SiteFlags,
    /// Says what this host could not do with the site.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(Host::ALL.map(Host::word)).try_map(|word| named(Host::ALL, Host::word, &word)))]
    pub(super) host: Option<Host>,
    /// Asks whether the pages elsewhere that the site names are still there; takes a while.
    #[arg(long)]
    pub(super) external: bool,
}

#[derive(Args, Debug)]
pub(super) struct SiteFlags {
    /// Replaces `base_url` of site.yaml.
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Publishes drafts too, and what has a later date.
    #[arg(long)]
    pub(super) drafts: bool,
    /// Warnings stop the write like errors.
    #[arg(long)]
    pub(super) strict: bool,
}

/// The one of `all` that is written as `typed`.
fn named<T: Copy>(all: impl IntoIterator<Item = T>, word: fn(T) -> &'static str, typed: &str) -> Result<T, String> {
    all.into_iter().find(|one| word(*one) == typed).ok_or_else(|| format!("there is no `{typed}`"))
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as 2026-11-23".to_owned())
}

/// Runs the program with its arguments, the first being its name.
pub fn run(args: impl IntoIterator<Item = std::ffi::OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let common = &cli.common;
    let result = match &cli.command {
        Command::Build(flags) => super::build::build(common, flags),
        Command::Serve(flags) => serve(common, flags),
        Command::Check(flags) => super::check::check(common, flags),
        Command::Init { dir, language } => starter::init(dir, *language).map(|count| done(common, &format!("Wrote {count} files to {}", dir.display()))),
        Command::New { kind, slug, language } => {
            starter::new(&common.root, *kind, slug, *language).map(|path| done(common, &format!("Wrote {}", path.display())))
        }
        Command::Schema { kind } => schema(common, *kind),
        Command::Deploy { host, site } => deploy(common, *host, site),
        Command::Explain { code } => explain(code),
        Command::Completions { shell } => Ok(write(&manual::completions(*shell, Cli::command()))),
        Command::Man => manual::man(Cli::command()).map(|page| write(&page)).map_err(|error| format!("the manual page cannot be made: {error}")),
    };
    result.unwrap_or_else(|message| {
        say(&format!("error: {message}\n"));
        ExitCode::from(2)
    })
}

/// Prints the configuration of a host; like a build, it needs a site without errors.
fn deploy(common: &Common, host: Target, flags: &SiteFlags) -> Result<ExitCode, String> {
    let (sources, begun) = begin_site(common, flags, false, &common.root.join("public"), &mut |_| {})?;
    let built = pipeline::finish(begun, &|_, _| {}, &mut |_| {});
    let findings: Vec<Diagnostic> = built.findings.iter().filter(|finding| finding.severity != Severity::Note).cloned().collect();
    say(&report::render(&findings, &sources, common.format, environment::colour()));
    if built.tree.is_none() || stops(&built.findings, flags.strict) {
        return Ok(refused(common, &built.findings));
    }
    Ok(print(&built.hosts.deploy(host)))
}

fn serve(common: &Common, flags: &Serve) -> Result<ExitCode, String> {
    today(common.today)?;
    let wish = Wish {
        root: common.root.clone(),
        output: flags.output.clone(),
        bind: flags.bind,
        port: flags.port,
        poll: flags.poll.map(Duration::from_millis),
        open: flags.open,
        strict: flags.site.strict,
    };
    let mut memory = Memory::new();
    let mut build = |sources: &Sources| {
        let mut timings = Timings::start();
        // The day may change while the preview runs; that it can be read was seen at the start.
        let today = today(common.today).expect("the date could be read a moment ago");
        let request = Request { today, drafts: flags.site.drafts, base_url: flags.site.base_url.clone(), outgoing: false };
        let built = pipeline::begin(&mut memory, sources, &request, &mut |name| timings.phase(name));
        if flags.timings {
            say(&timings.to_text());
        }
        built
    };
    let mut tell = |news: News<'_>| match news {
        News::Built { good, took } if !common.quiet => {
            let what = if good { "shown" } else { "the last good site stays" };
            say(&format!("Built in {} ms: {what}\n", took.as_millis()));
        }
        News::Built { .. } => {}
        News::Found { findings, sources } => {
            let findings: Vec<Diagnostic> = findings.iter().filter(|finding| finding.severity != Severity::Note).cloned().collect();
            say(&report::render(&findings, sources, common.format, environment::colour()));
        }
        News::Missing(message) => say(&format!("error: {message}\n")),
        News::Polling(why) => say(&format!("note: {why}; looking for changes twice a second instead\n")),
    };
    serve::run(&wish, &mut build, &mut tell, &mut |url| {
        print(&format!("Serving {url}\n"));
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the project and begins a build, in which addresses elsewhere are collected if `outgoing` says so; `output` is where an earlier
/// one may have left images.
pub(super) fn begin_site(
    common: &Common,
    flags: &SiteFlags,
    outgoing: bool,
    output: &Path,
    phase: &mut dyn FnMut(&'static str),
) -> Result<(Sources, Built), String> {
    let sources = disk::read(&common.root).map_err(|error| unreadable(common, &error))?;
    phase("read");
    let built = begin(&sources, &Request { outgoing, ..request(common, flags)? }, output, phase);
    Ok((sources, built))
}

pub(super) fn begin(sources: &Sources, request: &Request, output: &Path, phase: &mut dyn FnMut(&'static str)) -> Built {
    let drawn = publish::drawn(output, &[preview::FOLDER, pictures::FOLDER]);
    pipeline::begin(&mut Memory::of_images(drawn), sources, request, phase)
}

pub(super) fn request(common: &Common, flags: &SiteFlags) -> Result<Request, String> {
    Ok(Request { today: today(common.today)?, drafts: flags.drafts, base_url: flags.base_url.clone(), outgoing: false })
}

pub(super) fn unreadable(common: &Common, error: &std::io::Error) -> String {
    format!("the folder `{}` cannot be read: {error}", common.root.display())
}

pub(super) fn refused(common: &Common, findings: &[Diagnostic]) -> ExitCode {
    if !common.quiet && matches!(common.format, Format::Human | Format::Short) {
        say(&told(findings));
    }
    ExitCode::from(1)
}

fn explain(code: &str) -> Result<ExitCode, String> {
    let doc = codes::explain(code).ok_or_else(|| format!("there is no code `{code}`; codes look like V012"))?;
    let indent = |text: &str| format!("    {}\n", text.replace('\n', "\n    "));
    Ok(print(&format!("{}: {}\n\n{}\n\nWrong:\n{}\nRight:\n{}", code.trim().to_uppercase(), doc.title, doc.text, indent(doc.wrong), indent(doc.right))))
}

fn schema(common: &Common, kind: Option<FileKind>) -> Result<ExitCode, String> {
    match kind {
        // A schema is useful before there is a project.
        Some(kind) => Ok(print(&schema::of(kind, &disk::read(&common.root).unwrap_or_default()))),
        None => starter::schemas(&common.root).map(|count| done(common, &format!("Wrote {count} files to {}", common.root.join("schema").display()))),
    }
}

fn done(common: &Common, text: &str) -> ExitCode {
    if common.quiet { ExitCode::SUCCESS } else { print(&format!("{text}\n")) }
}

/// Results. A closed pipe is the reader's wish, not our error.
fn write(bytes: &[u8]) -> ExitCode {
    let _ = std::io::stdout().write_all(bytes);
    ExitCode::SUCCESS
}

pub(super) fn print(text: &str) -> ExitCode {
    write(text.as_bytes())
}

/// Progress and findings.
pub(super) fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
