//! What a shell and `man` want to know of the commands, made from the same definitions as the command line.

use std::io;

use clap::Command;
pub(crate) use clap_complete::Shell;
use clap_mangen::Man;

/// The script that makes a shell complete commands and flags.
pub(crate) fn completions(shell: Shell, mut command: Command) -> Vec<u8> {
    let (name, mut script) = (command.get_name().to_owned(), Vec::new());
    clap_complete::generate(shell, &mut command, name, &mut script);
    script
}

/// The manual page: the program, then each of its commands with its flags.
pub(crate) fn man(mut command: Command) -> io::Result<Vec<u8>> {
    command.build();
    let (name, commands) = (command.get_name().to_owned(), command.get_subcommands().cloned().collect::<Vec<_>>());
    let (page, mut out) = (Man::new(command), Vec::new());
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    out.extend_from_slice(b".SH COMMANDS\n");
    for command in commands.into_iter().filter(|command| command.get_name() != "help") {
        let heading = format!(".SS \"{name} {}\"\n", command.get_name());
        let mut part = Vec::new();
        let page = Man::new(command);
        page.render_description_section(&mut part)?;
        page.render_options_section(&mut part)?;
        let text = String::from_utf8_lossy(&part).replace(".SH DESCRIPTION\n", &heading).replace(".SH OPTIONS\n", "");
        out.extend_from_slice(text.as_bytes());
    }
    Ok(out)
}
