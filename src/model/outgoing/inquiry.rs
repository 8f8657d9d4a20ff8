//! How an address is asked for, and what the answers mean; who asks and waits is not known here.
//!
//! 1. first only for the head of the page; for the page itself where a server does not know that question, and
//!    before a page counts as gone, because some servers answer only the second one truly;
//! 2. from redirect to redirect; only those "for good" at the beginning make a new address;
//! 3. what servers say to programs (401, 402, 403, 429, 5xx, silence) says nothing about the page.

use std::time::Duration;

use super::join::join;

/// Most redirects that are followed.
const MAX_HOPS: u8 = 10;

/// Longest wait that a server is granted before it is asked once more.
pub const MAX_WAIT: Duration = Duration::from_secs(10);

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The head of the page.
    Head,
    /// The page; nobody reads more than its head.
    Get,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    Status {
        /// Its code.
        code: u16,
        /// Where it sends us.
        location: Option<String>,
        /// How long it asks us to wait.
        wait: Option<Duration>,
    },
    /// There is no host of this name.
    NoHost,
    /// No answer, and why.
    Silent(String),
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To ask for what the inquiry says now.
    Ask,
    /// The same, after a while.
    Wait(Duration),
    /// Nothing; the host itself wants no more questions for so long.
    Refused(Duration, Verdict),
    /// Nothing.
    Done(Verdict),
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    Fine,
    /// It is there, at this address from now on.
    Moved(String),
    /// It is not there any more, and how we know.
    Gone(String),
    /// There is no host of this name.
    NoHost(String),
    /// Nobody can tell, and why.
    Unsure(String),
}

/// An address that is being asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// The address as the site names it.
    pub address: String,
    /// The address to ask for now.
    pub at: String,
    /// What to ask for.
    pub method: Method,
    hops: u8,
    /// Where the redirects "for good" led so far; none once another kind came.
    new: Option<String>,
    is_for_good: bool,
    has_waited: bool,
}

impl Inquiry {
    /// The first question.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), at: address.to_owned(), method: Method::Head, hops: 0, new: None, is_for_good: true, has_waited: false }
    }

    /// Whether the address itself is asked for, not one that it led to.
    pub fn is_at_start(&self) -> bool {
        self.hops == 0
    }

    /// Takes an answer in.
    pub fn hear(&mut self, reply: Reply) -> Step {
        let (code, location, wait) = match reply {
            Reply::NoHost => return Step::Done(Verdict::NoHost(crate::parse::integrity::address::host(&self.at).unwrap_or_default())),
            Reply::Silent(why) => return Step::Done(Verdict::Unsure(why)),
            Reply::Status { code, location, wait } => (code, location, wait),
        };
        let says = || format!("the server says {code}{}", if self.hops == 0 { String::new() } else { format!(" to `{}`, where it leads", self.at) });
        match code {
            200..=299 | 304 => Step::Done(self.new.take().map_or(Verdict::Fine, Verdict::Moved)),
            301..=303 | 307 | 308 => match location.and_then(|location| join(&self.at, &location)) {
                Some(target) => self.follow(&target, matches!(code, 301 | 308)),
                None => Step::Done(Verdict::Unsure(says() + " without an address of the web")),
            },
            404 | 405 | 410 | 501 if self.method == Method::Head => {
                self.method = Method::Get;
                Step::Ask
            }
            404 | 410 => Step::Done(Verdict::Gone(says())),
            429 | 503 => {
                let verdict = Verdict::Unsure(says());
                match wait {
                    Some(wait) if wait <= MAX_WAIT && !self.has_waited => {
                        self.has_waited = true;
                        Step::Wait(wait)
                    }
                    Some(wait) => Step::Refused(wait, verdict),
                    None => Step::Done(verdict),
                }
            }
            _ => Step::Done(Verdict::Unsure(says())),
        }
    }

    fn follow(&mut self, target: &str, for_good: bool) -> Step {
        self.hops += 1;
        if self.hops > MAX_HOPS {
            return Step::Done(Verdict::Unsure(format!("more than {MAX_HOPS} redirects")));
        }
        self.is_for_good &= for_good;
        if self.is_for_good {
            self.new = Some(target.to_owned()).filter(|target| target.split('#').next() != Some(self.address.as_str()));
        }
        target.split('#').next().unwrap_or_default().clone_into(&mut self.at);
        self.method = Method::Head;
        Step::Ask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: u16) -> Reply {
        Reply::Status { code, location: None, wait: None }
    }

    fn to(code: u16, location: &str) -> Reply {
        Reply::Status { code, location: Some(location.to_owned()), wait: None }
    }

    fn wait(code: u16, seconds: u64) -> Reply {
        Reply::Status { code, location: None, wait: Some(Duration::from_secs(seconds)) }
    }

    /// The last step, and the addresses that were asked for on the way.
    fn end(replies: impl IntoIterator<Item = Reply>) -> (Step, Vec<String>) {
        let mut inquiry = Inquiry::new("https://example.org/a");
        let mut asked = Vec::new();
        for reply in replies {
            asked.push(format!("{:?} {}", inquiry.method, inquiry.at));
            match inquiry.hear(reply) {
                Step::Ask | Step::Wait(_) => {}
                done => return (done, asked),
            }
        }
        panic!("the inquiry asks on after {asked:?}");
    }

    #[test]
    fn what_answers_mean() {
        let moved = |to: &str| Verdict::Moved(to.to_owned());
        let unsure = |why: &str| Verdict::Unsure(why.to_owned());
        for (replies, verdict) in [
            (vec![status(200)], Verdict::Fine),
            (vec![status(304)], Verdict::Fine),
            (vec![status(405), status(200)], Verdict::Fine),
            (vec![status(501), status(200)], Verdict::Fine),
            (vec![status(404), status(200)], Verdict::Fine),
            (vec![status(404), status(404)], Verdict::Gone("the server says 404".into())),
            (vec![status(410), status(410)], Verdict::Gone("the server says 410".into())),
            (vec![Reply::NoHost], Verdict::NoHost("example.org".into())),
            (vec![status(401)], unsure("the server says 401")),
            (vec![status(402)], unsure("the server says 402")),
            (vec![status(403)], unsure("the server says 403")),
            (vec![status(405), status(405)], unsure("the server says 405")),
            (vec![status(429)], unsure("the server says 429")),
            (vec![status(500)], unsure("the server says 500")),
            (vec![Reply::Silent("no answer in 20 s".into())], unsure("no answer in 20 s")),
            (vec![wait(429, 1), status(200)], Verdict::Fine),
            (vec![to(301, "/b"), status(200)], moved("https://example.org/b")),
            (vec![to(308, "https://neu.example/#x"), status(200)], moved("https://neu.example/#x")),
            (vec![to(302, "/b"), status(200)], Verdict::Fine),
            (vec![to(301, "/b"), to(302, "/c"), status(200)], moved("https://example.org/b")),
            (vec![to(302, "/b"), to(301, "/c"), status(200)], Verdict::Fine),
            (vec![to(301, "/b"), to(301, "/a"), status(200)], Verdict::Fine),
            (vec![to(301, "/b"), status(404), status(404)], Verdict::Gone("the server says 404 to `https://example.org/b`, where it leads".into())),
            (vec![to(301, "/b"), status(403)], unsure("the server says 403 to `https://example.org/b`, where it leads")),
            (vec![to(302, "https://weg.example/"), Reply::NoHost], Verdict::NoHost("weg.example".into())),
            (vec![to(302, "javascript:x")], unsure("the server says 302 without an address of the web")),
            (vec![to(301, "/a"); 11], unsure("more than 10 redirects")),
        ] {
            assert_eq!(end(replies.clone()).0, Step::Done(verdict), "{replies:?}");
        }
        let refused = |seconds| Step::Refused(Duration::from_secs(seconds), unsure("the server says 429"));
        assert_eq!(end([wait(429, 3600)]).0, refused(3600));
        assert_eq!(end([wait(429, 1), wait(429, 1)]).0, refused(1), "it is asked once more, not again and again");
    }

    #[test]
    fn after_a_redirect_only_the_head_is_asked_for_again() {
        let (_, asked) = end([status(405), to(301, "/b#c"), status(200)]);
        assert_eq!(asked, ["Head https://example.org/a", "Get https://example.org/a", "Head https://example.org/b"]);
    }
}
