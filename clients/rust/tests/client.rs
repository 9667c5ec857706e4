//! The client against a scripted server.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::body::Body;
use tonic::codegen::{Service, http};
use tonic::server::{Grpc, NamedService, ServerStreamingService, UnaryService};
use tonic::transport::Server;
use tonic::{Code, Request, Response, Status};
use tonic_prost::ProstCodec;
use workflow_control_client::{Call, Client, v1};

type Answers<C> = VecDeque<Result<<C as Call>::Response, Status>>;

/// Answers every call of one RPC with what it is told, in order, and keeps the requests.
struct Scripted<C: Call> {
    answers: Arc<Mutex<Answers<C>>>,
    requests: Arc<Mutex<Vec<C>>>,
}

impl<C: Call> Clone for Scripted<C> {
    fn clone(&self) -> Self {
        Self { answers: self.answers.clone(), requests: self.requests.clone() }
    }
}

impl<C: Call> NamedService for Scripted<C> {
    const NAME: &'static str = "workflowcontrol.v1.WorkflowControl";
}

impl<C: Call> UnaryService<C> for Scripted<C> {
    type Response = C::Response;
    type Future = std::future::Ready<Result<Response<C::Response>, Status>>;

    fn call(&mut self, request: Request<C>) -> Self::Future {
        self.requests.lock().unwrap().push(request.into_inner());
        let answer = self.answers.lock().unwrap().pop_front().unwrap();
        std::future::ready(answer.map(Response::new))
    }
}

impl<C: Call> Service<http::Request<Body>> for Scripted<C> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        assert_eq!(request.uri().path(), C::PATH);
        let service = self.clone();
        Box::pin(async move { Ok(Grpc::new(ProstCodec::<C::Response, C>::default()).unary(service, request).await) })
    }
}

async fn scripted<C: Call>(answers: impl IntoIterator<Item = Result<C::Response, Status>>) -> (Client, Arc<Mutex<Vec<C>>>) {
    let service = Scripted::<C> { answers: Arc::new(Mutex::new(answers.into_iter().collect())), requests: Arc::default() };
    let requests = service.requests.clone();
    (serve(service).await, requests)
}

/// Starts a server, and returns a client of it.
async fn serve<S, F>(service: S) -> Client
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible, Future = F>,
    S: NamedService + Clone + Send + Sync + 'static,
    F: Future<Output = Result<http::Response<Body>, Infallible>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::new(format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(Server::builder().add_service(service).serve_with_incoming(TcpListenerStream::new(listener)));
    client
}

/// How one watch is answered: with messages that have these tokens, and then with a failure, an end, or nothing.
struct Attempt {
    tokens: &'static [&'static str],
    then: Then,
}

enum Then {
    Fail(Status),
    End,
    StayOpen,
}

/// Answers every watch with what it is told, in order, and keeps the requests.
#[derive(Clone)]
struct ScriptedWatch {
    attempts: Arc<Mutex<VecDeque<Attempt>>>,
    requests: Arc<Mutex<Vec<v1::WatchWorkflowsRequest>>>,
    /// Notified when the caller of an open watch has gone.
    caller_has_left: Arc<Notify>,
}

impl NamedService for ScriptedWatch {
    const NAME: &'static str = "workflowcontrol.v1.WorkflowControl";
}

impl ServerStreamingService<v1::WatchWorkflowsRequest> for ScriptedWatch {
    type Response = v1::WatchWorkflowsResponse;
    type ResponseStream = stream::BoxStream<'static, Result<v1::WatchWorkflowsResponse, Status>>;
    type Future = std::future::Ready<Result<Response<Self::ResponseStream>, Status>>;

    fn call(&mut self, request: Request<v1::WatchWorkflowsRequest>) -> Self::Future {
        self.requests.lock().unwrap().push(request.into_inner());
        let Attempt { tokens, then } = self.attempts.lock().unwrap().pop_front().unwrap();
        let message = |token: &&str| Ok(v1::WatchWorkflowsResponse { resume_token: (*token).into(), ..Default::default() });
        let messages = stream::iter(tokens.iter().map(message));
        std::future::ready(Ok(Response::new(match then {
            Then::Fail(status) => messages.chain(stream::iter([Err(status)])).boxed(),
            Then::End => messages.boxed(),
            Then::StayOpen => {
                let left = NotifyWhenDropped(self.caller_has_left.clone());
                messages.chain(stream::pending().inspect(move |_| _ = &left)).boxed()
            }
        })))
    }
}

struct NotifyWhenDropped(Arc<Notify>);

impl Drop for NotifyWhenDropped {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

impl Service<http::Request<Body>> for ScriptedWatch {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move { Ok(Grpc::new(ProstCodec::default()).server_streaming(service, request).await) })
    }
}

async fn scripted_watch(attempts: impl IntoIterator<Item = Attempt>) -> (Client, ScriptedWatch) {
    let attempts = Arc::new(Mutex::new(attempts.into_iter().collect()));
    let service = ScriptedWatch { attempts, requests: Arc::default(), caller_has_left: Arc::default() };
    (serve(service.clone()).await, service)
}

/// A failure after which the client is to come back at once, which spares the test the backoff.
fn soon(mut status: Status) -> Result<v1::CancelWorkflowResponse, Status> {
    status.metadata_mut().insert("grpc-retry-pushback-ms", "1".parse().unwrap());
    Err(status)
}

#[tokio::test]
async fn generates_one_key_per_call_and_retries_with_it() {
    let answers = [soon(Status::unavailable("")), soon(Status::aborted("")), Ok(v1::CancelWorkflowResponse::default())];
    let (client, requests) = scripted::<v1::CancelWorkflowRequest>(answers).await;
    client.call(v1::CancelWorkflowRequest { workflow_id: "order-7".into(), ..Default::default() }).await.unwrap();
    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 3);
    let key = uuid::Uuid::parse_str(&requests[0].request_key).unwrap();
    assert_eq!(key.get_version_num(), 4);
    assert!(requests.iter().all(|each| each == &requests[0]));
}

#[tokio::test]
async fn keeps_the_callers_key_and_tells_it_after_a_failure() {
    let (client, requests) = scripted::<v1::CancelWorkflowRequest>([Err(Status::not_found("none"))]).await;
    let request = v1::CancelWorkflowRequest { request_key: "cancel-7".into(), ..Default::default() };
    let error = client.call(request).await.unwrap_err();
    assert_eq!(error.code, Code::NotFound);
    assert_eq!(error.request_key.as_deref(), Some("cancel-7"));
    assert_eq!(requests.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn gives_up_after_five_attempts() {
    let (client, requests) = scripted::<v1::CancelWorkflowRequest>((0..9).map(|_| soon(Status::unavailable("gone")))).await;
    let error = client.call(v1::CancelWorkflowRequest::default()).await.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (Code::Unavailable, "gone"));
    assert!(error.is_transient());
    assert_eq!(requests.lock().unwrap().len(), 5);
}

#[tokio::test]
async fn limits_a_call() {
    // Bound, but nobody accepts.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let client = Client::new(format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let client = client.with_call_timeout(Duration::from_millis(200));
    let error = client.call(v1::CancelWorkflowRequest::default()).await.unwrap_err();
    assert_eq!(error.code, Code::DeadlineExceeded);
    assert!(error.is_transient() && error.request_key.is_some());
}

#[tokio::test]
async fn lists_read_page_after_page() {
    let page = |ids: &[&str], next: &str| {
        let workflow = |id: &&str| v1::Workflow { workflow_id: (*id).into(), ..Default::default() };
        Ok(v1::ListWorkflowsResponse { workflows: ids.iter().map(workflow).collect(), next_page_token: next.into() })
    };
    let pages = [page(&["a", "b"], "second"), page(&[], "third"), page(&["c"], "")];
    let (client, requests) = scripted::<v1::ListWorkflowsRequest>(pages).await;
    let request = v1::ListWorkflowsRequest { page_size: 2, ..Default::default() };
    let listed: Vec<_> = client.list(request).map_ok(|workflow| workflow.workflow_id).try_collect().await.unwrap();
    assert_eq!(listed, ["a", "b", "c"]);
    let tokens: Vec<_> = requests.lock().unwrap().iter().map(|each| (each.page_size, each.page_token.clone())).collect();
    assert_eq!(tokens, [(2, "".into()), (2, "second".into()), (2, "third".into())]);
}

#[tokio::test]
async fn a_watch_goes_on_behind_its_last_message() {
    let (client, server) = scripted_watch([
        Attempt { tokens: &["a", "b"], then: Then::Fail(Status::unavailable("")) },
        Attempt { tokens: &["c"], then: Then::End },
        Attempt { tokens: &[], then: Then::End },
        Attempt { tokens: &["d"], then: Then::StayOpen },
    ])
    .await;
    let request = v1::WatchWorkflowsRequest { resume_token: "0".into(), ..Default::default() };
    let got: Vec<_> = client.watch(request).take(4).map_ok(|message| message.resume_token).try_collect().await.unwrap();
    assert_eq!(got, ["a", "b", "c", "d"]);
    let asked: Vec<_> = server.requests.lock().unwrap().iter().map(|each| each.resume_token.clone()).collect();
    assert_eq!(asked, ["0", "b", "c", "c"]);
    let left = timeout(Duration::from_secs(10), server.caller_has_left.notified()).await;
    assert!(left.is_ok(), "the server goes on for nobody");
}

#[tokio::test]
async fn a_watch_ends_with_an_error_of_its_request() {
    let then = Then::Fail(Status::invalid_argument("nonsense"));
    let (client, server) = scripted_watch([Attempt { tokens: &["a"], then }]).await;
    let got: Vec<_> = client.watch(v1::WatchWorkflowsRequest::default()).collect().await;
    assert_eq!(got.len(), 2);
    assert_eq!(got[1].as_ref().unwrap_err().code, Code::InvalidArgument);
    assert_eq!(server.requests.lock().unwrap().len(), 1);
}
