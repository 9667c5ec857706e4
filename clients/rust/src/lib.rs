//! The Rust client of workflow-control, the gRPC control plane for DBOS durable workflows.
//!
//! ```ignore
//! use workflow_control_client::{Client, v1};
//!
//! let client = Client::new("http://localhost:50051")?;
//! let response = client
//!     .call(v1::CancelWorkflowRequest {
//!         workflow_id: "order-7".into(),
//!         request_key: "cancel-order-7".into(),
//!         ..Default::default()
//!     })
//!     .await?;
//! ```
//!
//! What is called is said by the type of the request: the messages of [`v1`], whose comments say what each call does.

mod calls;
mod client;
mod error;
mod retries;
mod watch;

pub use calls::{Call, List, StreamCall};
pub use client::{Client, DEFAULT_CALL_TIMEOUT, DEFAULT_MAX_MESSAGE_BYTES, endpoint};
pub use error::{Error, FieldViolation};
pub use retries::SERVICE_CONFIG;

/// The generated messages, and tonic's own clients of them.
#[allow(clippy::all, clippy::pedantic, rustdoc::all)]
pub mod v1 {
    include!("gen/workflowcontrol/v1/workflowcontrol.v1.rs");
}
