//! The same work on many files, on all processors.
//!
//! A file costs some system calls and little else, so the kernel is what is kept busy; on two
//! processors a site of 10,000 pages is on the disk in two thirds of the time, and its texts are read in half of it.

use std::convert::Infallible;
use std::num::NonZero;
use std::thread;

/// Fewer files are done before threads have started.
const FEW: usize = 64;

/// What `work` gives for each item, in their order; the first failure in that order.
pub(super) fn all<T: Sync, R: Send, E: Send>(items: &[T], work: impl Fn(&T) -> Result<R, E> + Sync) -> Result<Vec<R>, E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || items.len() < FEW {
        return items.iter().map(work).collect();
    }
    let share = items.len().div_ceil(threads);
    let work = &work;
    let parts: Vec<Result<Vec<R>, E>> = thread::scope(|scope| {
        let threads: Vec<_> = items.chunks(share).map(|part| scope.spawn(move || part.iter().map(work).collect())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut done = Vec::with_capacity(items.len());
    for part in parts {
        done.extend(part?);
    }
    Ok(done)
}

/// What `work` gives for each item, in their order.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let Ok(done) = all(items, |item| Ok::<R, Infallible>(work(item)));
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept_and_the_first_failure_is_told() {
        let items: Vec<usize> = (0..1000).collect();
        let halves = |bad: &'static [usize]| move |item: &usize| if bad.contains(item) { Err(*item) } else { Ok(*item * 2) };
        assert_eq!(all(&items, halves(&[])), Ok(items.iter().map(|item| item * 2).collect()));
        assert_eq!(all(&items, halves(&[900, 100])), Err(100));
        assert_eq!(all(&items[..3], halves(&[2])), Err(2));
    }
}
