//! One binary for all tests that look at leitfaden from outside.

mod broken;
mod cases;
mod cli;
mod guide;
mod properties;
mod publish;
mod reproducible;
mod support;
mod tidy;
