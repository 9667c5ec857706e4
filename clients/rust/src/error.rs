use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::{ErrorInfo, StatusExt};

use crate::v1::ErrorReason;

/// The domain of the contract's error reasons. Another domain's reason, say a proxy's, is not looked at.
const DOMAIN: &str = "workflowcontrol";

/// How every call fails. tonic's own status is its source.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Error {
    /// The canonical status code.
    pub code: Code,
    /// Why, as the contract's comments tell; `Unspecified` when the failure is not the server's own, say of a proxy or the
    /// transport, or the reason is newer than this client.
    pub reason: ErrorReason,
    /// The reason as the server wrote it, also one that this client does not know; else empty.
    pub reason_name: String,
    /// What happened, for people. Never branch on it.
    pub message: String,
    /// The details of the reason, such as `workflow_id`.
    pub metadata: HashMap<String, String>,
    /// The mutation's key, given or generated: keep it to repeat the call. None for reads.
    pub request_key: Option<String>,
    /// How long the server asks to wait before the next attempt, if it says.
    pub retry_after: Option<Duration>,
    /// The fields at fault, for `InvalidRequest`.
    pub violations: Vec<FieldViolation>,
    source: Box<Status>,
}

/// A field of the request, by its path in the contract, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldViolation {
    pub field: String,
    pub description: String,
}

impl Error {
    /// Says what a status means to the caller.
    pub fn new(status: Status, request_key: Option<String>) -> Self {
        let info = status.get_details_error_info().filter(|info| info.domain == DOMAIN);
        let info = info.unwrap_or_else(|| ErrorInfo::new("", DOMAIN, HashMap::new()));
        Self {
            code: status.code(),
            reason: ErrorReason::from_str_name(&format!("ERROR_REASON_{}", info.reason)).unwrap_or_default(),
            reason_name: info.reason,
            message: status.message().to_owned(),
            metadata: info.metadata,
            request_key,
            retry_after: status.get_details_retry_info().and_then(|info| info.retry_delay),
            violations: status.get_details_bad_request().map_or_else(Vec::new, |details| {
                let violations = details.field_violations.into_iter();
                violations.map(|each| FieldViolation { field: each.field, description: each.description }).collect()
            }),
            source: Box::new(status),
        }
    }

    /// Whether the error says nothing about the request itself: it is safe to repeat the call, a mutation with the same
    /// `request_key`, and the way to find out what happened.
    pub fn is_transient(&self) -> bool {
        match self.code {
            Code::ResourceExhausted => self.reason != ErrorReason::ResponseTooLarge,
            Code::Cancelled
            | Code::Unknown
            | Code::DeadlineExceeded
            | Code::Aborted
            | Code::Internal
            | Code::Unavailable
            | Code::DataLoss => true,
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.reason_name.is_empty() {
            write!(f, "{:?}: {}", self.code, self.message)?;
        } else {
            write!(f, "{}: {}", self.reason_name, self.message)?;
        }
        match &self.request_key {
            Some(key) => write!(f, " (request key {key:?})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

#[cfg(test)]
mod tests {
    use tonic_types::ErrorDetails;

    use super::*;

    fn failed(code: Code, reason: &str, domain: &str) -> Status {
        let metadata = HashMap::from([("workflow_id".to_owned(), "order-7".to_owned())]);
        let mut details = ErrorDetails::with_error_info(reason, domain, metadata);
        details.set_retry_info(Some(Duration::from_millis(1500))).add_bad_request_violation("workflow_id", "is empty");
        Status::with_error_details(code, "It failed.", details)
    }

    #[test]
    fn errors_tell_reason_key_and_details() {
        let error = Error::new(failed(Code::InvalidArgument, "INVALID_REQUEST", DOMAIN), Some("cancel-7".to_owned()));
        assert_eq!(error.code, Code::InvalidArgument);
        assert_eq!(error.reason, ErrorReason::InvalidRequest);
        assert_eq!(error.metadata["workflow_id"], "order-7");
        assert_eq!(error.retry_after, Some(Duration::from_millis(1500)));
        assert_eq!(error.violations[0].field, "workflow_id");
        assert_eq!(error.to_string(), "INVALID_REQUEST: It failed. (request key \"cancel-7\")");
        assert!(!error.is_transient());
    }

    #[test]
    fn errors_of_others_and_of_newer_servers() {
        for (code, reason, domain, known, name, transient) in [
            (Code::PermissionDenied, "FORBIDDEN", "proxy.example.com", ErrorReason::Unspecified, "", false),
            (Code::NotFound, "MOON_NOT_FOUND", DOMAIN, ErrorReason::Unspecified, "MOON_NOT_FOUND", false),
            (Code::ResourceExhausted, "OVERLOADED", DOMAIN, ErrorReason::Overloaded, "OVERLOADED", true),
            (
                Code::ResourceExhausted,
                "RESPONSE_TOO_LARGE",
                DOMAIN,
                ErrorReason::ResponseTooLarge,
                "RESPONSE_TOO_LARGE",
                false,
            ),
        ] {
            let error = Error::new(failed(code, reason, domain), None);
            assert_eq!((error.reason, error.reason_name.as_str(), error.is_transient()), (known, name, transient));
        }
    }
}
