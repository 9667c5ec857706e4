//! Retries as gRPC's own clients do them from a service config, which tonic does not read.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use serde::Deserialize;
use tonic::{Code, Status};

/// The contract's retry policy, one for the clients of all languages.
pub const SERVICE_CONFIG: &str = include_str!("gen/service_config.json");

/// How far a backoff is off, either way, so that many clients do not come back at once. gRPC's number.
const JITTER: f64 = 0.2;
/// The trailer in which the server says when to come back, in milliseconds; negative: not at all.
const PUSHBACK: &str = "grpc-retry-pushback-ms";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceConfig {
    method_config: Vec<MethodConfig>,
    retry_throttling: RetryThrottling,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MethodConfig {
    name: Vec<MethodName>,
    retry_policy: RetryPolicy,
}

#[derive(Deserialize)]
struct MethodName {
    service: String,
    method: String,
}

#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: String,
    max_backoff: String,
    backoff_multiplier: f64,
    retryable_status_codes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RetryThrottling {
    max_tokens: f64,
    token_ratio: f64,
}

static CONFIG: LazyLock<ServiceConfig> =
    LazyLock::new(|| serde_json::from_str(SERVICE_CONFIG).expect("the service config is checked by the tests"));

/// The policies by path, `/package.Service/Method`.
static POLICIES: LazyLock<HashMap<String, RetryPolicy>> = LazyLock::new(|| {
    let configs = CONFIG.method_config.iter();
    let named = configs.flat_map(|config| config.name.iter().map(|name| (name, &config.retry_policy)));
    named.map(|(name, policy)| (format!("/{}/{}", name.service, name.method), policy.clone())).collect()
});

/// Counts failures against successes, for all calls of a client: a server that mostly fails is not retried at all.
pub(crate) struct Throttle(Mutex<f64>);

impl Throttle {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(CONFIG.retry_throttling.max_tokens))
    }

    pub(crate) fn succeeded(&self) {
        self.change(CONFIG.retry_throttling.token_ratio);
    }

    /// Whether there may be retries after this failure.
    fn failed(&self) -> bool {
        self.change(-1.0) > CONFIG.retry_throttling.max_tokens / 2.0
    }

    fn change(&self, by: f64) -> f64 {
        let mut tokens = self.0.lock().expect("no holder panics");
        *tokens = (*tokens + by).clamp(0.0, CONFIG.retry_throttling.max_tokens);
        *tokens
    }
}

/// The retries of one logical call.
pub(crate) struct Retries<'a> {
    policy: Option<&'static RetryPolicy>,
    throttle: &'a Throttle,
    attempts: u32,
    /// Backoffs since the server last said itself when to come back.
    backoffs: i32,
}

impl<'a> Retries<'a> {
    pub(crate) fn new(path: &str, throttle: &'a Throttle) -> Self {
        Self { policy: POLICIES.get(path), throttle, attempts: 1, backoffs: 0 }
    }

    /// After an attempt that failed: how long to wait before the next; None: there is none.
    pub(crate) fn delay_after(&mut self, status: &Status) -> Option<Duration> {
        let policy = self.policy?;
        let pushback: Option<i64> = status.metadata().get(PUSHBACK).and_then(|value| value.to_str().ok()?.parse().ok());
        let refused = pushback.is_some_and(|milliseconds| milliseconds < 0);
        let retryable = policy.retryable_status_codes.iter().any(|name| name == name_of(status.code()));
        let allowed = if retryable || refused { self.throttle.failed() } else { true };
        if !retryable || refused || !allowed || self.attempts >= policy.max_attempts {
            return None;
        }
        self.attempts += 1;
        if let Some(milliseconds) = pushback {
            self.backoffs = 0;
            return Some(Duration::from_millis(milliseconds.unsigned_abs()));
        }
        let backoff = seconds(&policy.initial_backoff) * policy.backoff_multiplier.powi(self.backoffs);
        self.backoffs += 1;
        Some(Duration::from_secs_f64(backoff.min(seconds(&policy.max_backoff)) * jitter()))
    }
}

/// A random factor around 1.
fn jitter() -> f64 {
    1.0 - JITTER + 2.0 * JITTER * random()
}

/// A random number from 0 to 1.
pub(crate) fn random() -> f64 {
    f64::from(uuid::Uuid::new_v4().as_fields().0) / f64::from(u32::MAX)
}

/// The seconds of a duration such as `0.2s`.
fn seconds(duration: &str) -> f64 {
    duration.trim_end_matches('s').parse().expect("the service config is checked by the tests")
}

fn name_of(code: Code) -> &'static str {
    match code {
        Code::Cancelled => "CANCELLED",
        Code::Aborted => "ABORTED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::Unavailable => "UNAVAILABLE",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::Unknown => "UNKNOWN",
        Code::Internal => "INTERNAL",
        // No policy retries the others: they say something about the request.
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_config_is_understood() {
        for policy in POLICIES.values() {
            assert!(policy.max_attempts > 1);
            assert!(seconds(&policy.initial_backoff) < seconds(&policy.max_backoff));
            for name in &policy.retryable_status_codes {
                assert!((0..=16).any(|code| name_of(Code::from_i32(code)) == name), "{name}");
            }
        }
        assert!(POLICIES.contains_key("/workflowcontrol.v1.WorkflowControl/CancelWorkflow"));
    }

    #[test]
    fn backoffs_grow_to_their_limit_and_end_with_the_attempts() {
        let throttle = Throttle::new();
        let mut retries = Retries::new("/workflowcontrol.v1.WorkflowControl/CancelWorkflow", &throttle);
        let delays: Vec<_> = std::iter::from_fn(|| retries.delay_after(&Status::unavailable(""))).collect();
        assert_eq!(delays.len(), 4);
        for (delay, about) in delays.iter().zip([0.2, 0.4, 0.8, 1.6]) {
            assert!((about * 0.79..=about * 1.21).contains(&delay.as_secs_f64()), "{delay:?}");
        }
    }

    #[test]
    fn the_server_decides_when_and_whether_to_come_back() {
        let throttle = Throttle::new();
        let mut retries = Retries::new("/workflowcontrol.v1.WorkflowControl/CancelWorkflow", &throttle);
        let mut status = Status::aborted("");
        status.metadata_mut().insert(PUSHBACK, "7".parse().expect("a number"));
        assert_eq!(retries.delay_after(&status), Some(Duration::from_millis(7)));
        status.metadata_mut().insert(PUSHBACK, "-1".parse().expect("a number"));
        assert_eq!(retries.delay_after(&status), None);
    }

    #[test]
    fn a_server_that_mostly_fails_is_not_retried() {
        let throttle = Throttle::new();
        for _ in 0..60 {
            throttle.failed();
        }
        let mut retries = Retries::new("/workflowcontrol.v1.WorkflowControl/CancelWorkflow", &throttle);
        assert_eq!(retries.delay_after(&Status::unavailable("")), None);
    }
}
