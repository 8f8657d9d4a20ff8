//! The binary: arguments in, exit code out.

fn main() -> std::process::ExitCode {
    leitfaden::shell::cli::run(std::env::args_os())
}
