//! A watch that goes on by itself.

use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, sleep};
use tonic::Code;

use crate::client::Client;
use crate::error::Error;
use crate::retries::random;
use crate::v1::{WatchWorkflowsRequest, WatchWorkflowsResponse};

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long a watch is begun again and again in vain before it fails.
const GIVE_UP_AFTER: Duration = Duration::from_secs(60);
/// An attempt that lasted so long was no failure, even if no message came.
const LASTING: Duration = Duration::from_secs(5);

impl Client {
    /// Watches what a filter selects, and from then on what becomes of it, without end.
    ///
    /// When the server ends the watch because it is old, when it goes away, or its database does, the watch goes on by itself
    /// behind the last message, with a new snapshot in which unchanged workflows are ids only. After a minute in vain the stream
    /// ends with the error, as it does at once with one that says something about the request. Dropping it ends the watch.
    pub fn watch(
        &self,
        request: WatchWorkflowsRequest,
    ) -> impl Stream<Item = Result<WatchWorkflowsResponse, Error>> + use<> {
        let watch = Watch { client: self.clone(), next: request, attempts: Attempts::new(), messages: None };
        stream::unfold(Some(watch), |watch| async {
            let mut watch = watch?;
            match watch.message().await {
                Ok(message) => Some((Ok(message), Some(watch))),
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}

struct Watch {
    client: Client,
    /// What to ask for in the next attempt.
    next: WatchWorkflowsRequest,
    attempts: Attempts,
    /// Those of the attempt that is going on.
    messages: Option<stream::BoxStream<'static, Result<WatchWorkflowsResponse, Error>>>,
}

impl Watch {
    async fn message(&mut self) -> Result<WatchWorkflowsResponse, Error> {
        loop {
            let pause = match self.attempt().await {
                Ok(Some(message)) => {
                    self.attempts.recover();
                    self.next.resume_token.clone_from(&message.resume_token);
                    return Ok(message);
                }
                Ok(None) => self.attempts.ended(Instant::now()),
                Err(error) => self.attempts.failed(&error, Instant::now()).ok_or(error)?,
            };
            self.messages = None;
            // All readers of a server that ends would come back at the same instant.
            sleep(pause.mul_f64(0.5 + random() / 2.0)).await;
        }
    }

    /// Returns the next message of an attempt; none: the server has ended it.
    async fn attempt(&mut self) -> Result<Option<WatchWorkflowsResponse>, Error> {
        let messages = match &mut self.messages {
            Some(messages) => messages,
            none => {
                self.attempts.begin(Instant::now());
                none.insert(self.client.stream(self.next.clone()).await?.boxed())
            }
        };
        messages.next().await.transpose()
    }
}

/// Knows when a watch is begun again.
struct Attempts {
    began: Instant,
    failing_since: Option<Instant>,
    pause: Duration,
}

impl Attempts {
    fn new() -> Self {
        Self { began: Instant::now(), failing_since: None, pause: FIRST_PAUSE }
    }

    fn begin(&mut self, now: Instant) {
        self.began = now;
    }

    fn recover(&mut self) {
        self.failing_since = None;
        self.pause = FIRST_PAUSE;
    }

    /// After an attempt that the server has ended well: how long to pause.
    fn ended(&self, now: Instant) -> Duration {
        if now - self.began >= LASTING { Duration::ZERO } else { FIRST_PAUSE }
    }

    /// After an attempt that has failed: how long to pause before the next; none: there is none.
    fn failed(&mut self, error: &Error, now: Instant) -> Option<Duration> {
        if !matches!(error.code, Code::Unavailable | Code::Cancelled) {
            return None;
        }
        if now - self.began >= LASTING {
            self.recover();
        }
        let failing_since = *self.failing_since.get_or_insert(now);
        if now - failing_since >= GIVE_UP_AFTER {
            return None;
        }
        let pause = self.pause;
        self.pause = LONGEST_PAUSE.min(2 * pause);
        Some(pause)
    }
}

#[cfg(test)]
mod tests {
    use tonic::Status;

    use super::*;

    fn unavailable() -> Error {
        Error::new(Status::unavailable(""), None)
    }

    #[test]
    fn pauses_grow_to_their_limit_and_end_after_a_minute_in_vain() {
        let start = Instant::now();
        let mut attempts = Attempts::new();
        let mut failed_at = |second| {
            let now = start + Duration::from_secs(second);
            attempts.begin(now);
            attempts.failed(&unavailable(), now)
        };
        let pauses: Vec<_> = (0..7).map(|second| failed_at(second).unwrap().as_millis()).collect();
        assert_eq!(pauses, [200, 400, 800, 1600, 3200, 5000, 5000]);
        assert!(failed_at(59).is_some());
        assert!(failed_at(60).is_none());
    }

    #[test]
    fn an_attempt_that_lasted_was_not_in_vain() {
        let start = Instant::now();
        let mut attempts = Attempts::new();
        for minute in 0..3 {
            let now = start + Duration::from_secs(60 * minute);
            attempts.begin(now);
            assert_eq!(attempts.failed(&unavailable(), now + LASTING), Some(FIRST_PAUSE));
        }
        assert_eq!(attempts.ended(start + Duration::from_secs(600)), Duration::ZERO);
        attempts.begin(start);
        assert_eq!(attempts.ended(start), FIRST_PAUSE);
    }

    #[test]
    fn what_says_something_about_the_request_is_final() {
        let invalid = Error::new(Status::invalid_argument(""), None);
        assert_eq!(Attempts::new().failed(&invalid, Instant::now()), None);
    }
}
