use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use tokio::time::{Instant, sleep, timeout_at};
use tonic::client::Grpc;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Response, Status};
use tonic_prost::ProstCodec;

use crate::calls::{Call, List, StreamCall};
use crate::error::Error;
use crate::retries::{Retries, Throttle};

/// How long a call may take, its retries included, unless the client says otherwise.
pub const DEFAULT_CALL_TIMEOUT: Duration = Duration::from_secs(15);
/// Limits a message in either direction; it is the server's own default, see `GetServerInfo`.
pub const DEFAULT_MAX_MESSAGE_BYTES: usize = 4 * 1024 * 1024;

/// A server closes the connection of a client that pings more often than it permits.
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(60);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(20);

/// Calls the services of workflow-control. Cheap to clone; clones share the connection. Keep one per process.
///
/// A mutation without a request key gets a new UUID, which all retries of the call share; it is in the response's
/// `idempotency`, and in [`Error::request_key`]. Failures are retried as the contract's service config says.
#[derive(Clone)]
pub struct Client {
    grpc: Grpc<Channel>,
    call_timeout: Duration,
    throttle: Arc<Throttle>,
}

/// Returns the address of a server with this package's keepalive, for connections with TLS or other options of tonic's;
/// see [`Client::from_channel`]. Fails for what is no URI.
pub fn endpoint(uri: impl Into<String>) -> Result<Endpoint, tonic::transport::Error> {
    Ok(Endpoint::from_shared(uri.into())?
        .http2_keep_alive_interval(KEEPALIVE_INTERVAL)
        .keep_alive_timeout(KEEPALIVE_TIMEOUT)
        // Finds out that an idle connection is dead before the next call does.
        .keep_alive_while_idle(true))
}

impl Client {
    /// Returns a client of the server at a URI such as `http://localhost:50051`, unencrypted. The connection is opened with
    /// the first call, which needs Tokio.
    pub fn new(uri: impl Into<String>) -> Result<Self, tonic::transport::Error> {
        Ok(Self::from_channel(endpoint(uri)?.connect_lazy()))
    }

    /// Returns a client of an existing channel.
    pub fn from_channel(channel: Channel) -> Self {
        Self { grpc: Grpc::new(channel), call_timeout: DEFAULT_CALL_TIMEOUT, throttle: Arc::new(Throttle::new()) }
            .with_max_message_bytes(DEFAULT_MAX_MESSAGE_BYTES)
    }

    /// Returns the client with another time for a call, its retries included.
    #[must_use]
    pub fn with_call_timeout(mut self, call_timeout: Duration) -> Self {
        self.call_timeout = call_timeout;
        self
    }

    /// Returns the client with another limit on messages in either direction. Raise it together with the server's.
    #[must_use]
    pub fn with_max_message_bytes(mut self, bytes: usize) -> Self {
        self.grpc = self.grpc.max_decoding_message_size(bytes).max_encoding_message_size(bytes);
        self
    }

    /// Makes one logical call, which may be sent several times, always with the same request.
    pub async fn call<C: Call>(&self, mut request: C) -> Result<C::Response, Error> {
        let request_key = request.request_key().map(|key| {
            if key.is_empty() {
                *key = uuid::Uuid::new_v4().to_string();
            }
            key.clone()
        });
        let end = Instant::now() + self.call_timeout;
        let response = self
            .attempt(C::PATH, Some(end), || {
                let mut grpc = self.grpc.clone();
                let mut request = Request::new(request.clone());
                request.set_timeout(end.saturating_duration_since(Instant::now()));
                async move {
                    ready(&mut grpc).await?;
                    grpc.unary(request, PathAndQuery::from_static(C::PATH), codec::<C>()).await.map_err(as_in_grpc)
                }
            })
            .await;
        response.map(Response::into_inner).map_err(|status| Error::new(status, request_key))
    }

    /// Reads a stream of responses. It is retried until the first one has come, and has no limit in time.
    pub async fn stream<C: StreamCall>(
        &self,
        request: C,
    ) -> Result<impl Stream<Item = Result<C::Response, Error>> + use<C>, Error> {
        let opened = self.attempt(C::PATH, None, || {
            let mut grpc = self.grpc.clone();
            let request = Request::new(request.clone());
            async move {
                ready(&mut grpc).await?;
                let path = PathAndQuery::from_static(C::PATH);
                let responses = grpc.server_streaming(request, path, codec::<C>()).await.map_err(as_in_grpc)?;
                let mut responses = responses.into_inner();
                Ok((responses.message().await.map_err(as_in_grpc)?, responses))
            }
        });
        let (first, rest) = opened.await.map_err(|status| Error::new(status, None))?;
        // A stream that has ended must not be asked again.
        let rest = if first.is_some() { rest.left_stream() } else { stream::empty().right_stream() };
        Ok(stream::iter(first.map(Ok)).chain(rest.map_err(|status| Error::new(as_in_grpc(status), None))))
    }

    /// Lists items, reading page after page as they are needed, from the request's page token on.
    pub fn list<C: List>(&self, request: C) -> impl Stream<Item = Result<C::Item, Error>> {
        let pages = stream::try_unfold(Some(request), |next| async {
            let Some(mut request) = next else { return Ok(None) };
            let (items, page_token) = C::take(self.call(request.clone()).await?);
            let following = (!page_token.is_empty()).then(|| {
                request.set_page_token(page_token);
                request
            });
            Ok::<_, Error>(Some((stream::iter(items.into_iter().map(Ok)), following)))
        });
        pages.try_flatten()
    }

    /// Sends a call until it succeeds or may not be retried.
    async fn attempt<T, F>(&self, path: &str, end: Option<Instant>, send: impl Fn() -> F) -> Result<T, Status>
    where
        F: Future<Output = Result<T, Status>>,
    {
        let mut retries = Retries::new(path, &self.throttle);
        loop {
            let status = match within(end, send()).await {
                Ok(response) => {
                    self.throttle.succeeded();
                    return Ok(response);
                }
                Err(status) => status,
            };
            // An attempt that would come too late would only replace what the server said with "deadline exceeded".
            match retries.delay_after(&status) {
                Some(delay) if end.is_none_or(|end| Instant::now() + delay < end) => sleep(delay).await,
                _ => return Err(status),
            }
        }
    }
}

/// Waits until there is a connection.
async fn ready(grpc: &mut Grpc<Channel>) -> Result<(), Status> {
    grpc.ready().await.map_err(|error| Status::unavailable(error.to_string()))
}

/// Returns the status that gRPC's own clients give: a connection that is lost under a call is UNAVAILABLE. tonic calls it UNKNOWN,
/// with the error of the connection as the source, which no status has that a server sent.
fn as_in_grpc(status: Status) -> Status {
    if status.code() == Code::Unknown && std::error::Error::source(&status).is_some() {
        return Status::unavailable(status.message());
    }
    status
}

fn codec<C: Call>() -> ProstCodec<C, C::Response> {
    ProstCodec::default()
}

/// Waits for an attempt until the call's time is over.
async fn within<T>(end: Option<Instant>, attempt: impl Future<Output = Result<T, Status>>) -> Result<T, Status> {
    let Some(end) = end else { return attempt.await };
    match timeout_at(end, attempt).await {
        // tonic ends a call by its deadline too, with CANCELLED, which would mean that the server is going away.
        Ok(Err(status)) if status.code() == Code::Cancelled && Instant::now() >= end => Err(late()),
        Ok(result) => result,
        Err(_) => Err(late()),
    }
}

fn late() -> Status {
    Status::deadline_exceeded("The time for the call is over.")
}
