//! Floor 5, the only place with I/O: files, the clock, the environment, the terminal, sockets.

mod check;
pub mod cli;
mod disk;
mod environment;
mod external;
mod manual;
mod progress;
pub mod publish;
mod report;
mod serve;
mod starter;
mod summary;
mod timings;
