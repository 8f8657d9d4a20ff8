//! Floor 5, the only place with I/O: files, the clock, the environment, the terminal, sockets.

mod build;
mod check;
pub mod cli;
mod disk;
mod environment;
mod external;
mod manual;
mod parallel;
mod progress;
pub mod publish;
mod record;
mod remembered;
mod report;
mod serve;
mod stamp;
mod starter;
mod summary;
mod timings;
