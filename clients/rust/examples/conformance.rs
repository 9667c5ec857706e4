//! Makes the calls that it reads from its standard input, a JSON document a line, with this client, and writes what came of
//! each as a line to its standard output. tests/clients/README.md describes both. The first argument is a file with the
//! contract's descriptors.

use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::time::Duration;

use futures_util::{Stream, StreamExt, TryStreamExt};
use prost_reflect::prost::Message;
use prost_reflect::{DescriptorPool, DeserializeOptions, DynamicMessage, MessageDescriptor};
use serde_json::{Value, json};
use tonic::Code;
use workflow_control_client::{Client, Error, v1};

struct Runner {
    pool: DescriptorPool,
    client: Client,
    responses: Vec<Value>,
}

impl Runner {
    fn request<C: Message + Default>(&self, name: &str, request: &Value) -> C {
        let options = DeserializeOptions::new();
        let message = DynamicMessage::deserialize_with_options(self.descriptor(name), request, &options).unwrap();
        C::decode(&*message.encode_to_vec()).unwrap()
    }

    fn pass(&mut self, name: &str, response: &impl Message) {
        let message = DynamicMessage::decode(self.descriptor(name), &*response.encode_to_vec()).unwrap();
        self.responses.push(serde_json::to_value(&message).unwrap());
    }

    async fn pass_all<M: Message>(
        &mut self,
        name: &str,
        messages: impl Stream<Item = Result<M, Error>>,
    ) -> Result<(), Error> {
        let mut messages = std::pin::pin!(messages);
        while let Some(message) = messages.try_next().await? {
            self.pass(name, &message);
        }
        Ok(())
    }

    fn descriptor(&self, name: &str) -> MessageDescriptor {
        self.pool.get_message_by_name(&format!("workflowcontrol.v1.{name}")).unwrap()
    }
}

macro_rules! rpcs {
    ($($kind:ident $effect:ident $request:ident => $response:ident, $path:literal, [$($items:ident: $item:ident)?];)*) => {
        async fn run(runner: &mut Runner, path: &str, list: bool, request: &Value) -> Result<(), Error> {
            match path {
                $($path => {
                    let request: v1::$request = runner.request(stringify!($request), request);
                    $(if list {
                        let items = runner.client.clone();
                        return runner.pass_all(stringify!($item), items.list(request)).await;
                    })?
                    rpcs!(@$kind runner, request, $response)
                })*
                _ => panic!("there is no {path}, or it is no list ({list})"),
            }
        }
    };
    (@unary $runner:ident, $request:ident, $response:ident) => {{
        let response = $runner.client.call($request).await?;
        $runner.pass(stringify!($response), &response);
        Ok(())
    }};
    (@stream $runner:ident, $request:ident, $response:ident) => {{
        let responses = $runner.client.stream($request).await?;
        $runner.pass_all(stringify!($response), responses).await
    }};
}

include!("../src/gen/calls.rs");

/// Reads so many messages of a watch, and ends it.
async fn take(runner: &mut Runner, count: usize, request: &Value) -> Result<(), Error> {
    let messages = runner.client.watch(runner.request("WatchWorkflowsRequest", request)).take(count);
    runner.pass_all("WatchWorkflowsResponse", messages).await
}

#[tokio::main]
async fn main() {
    let descriptors = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let pool = DescriptorPool::decode(&*descriptors).unwrap();
    let mut clients = HashMap::<String, Client>::new();
    for line in std::io::stdin().lock().lines() {
        let call: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let address = call["address"].as_str().unwrap().to_owned();
        let client = clients.entry(address.clone()).or_insert_with(|| Client::new(format!("http://{address}")).unwrap());
        let client = match call["timeout_ms"].as_u64() {
            Some(milliseconds @ 1..) => client.clone().with_call_timeout(Duration::from_millis(milliseconds)),
            _ => client.clone(),
        };
        let mut runner = Runner { pool: pool.clone(), client, responses: Vec::new() };
        let path = format!("/{}", call["rpc"].as_str().unwrap());
        let mut outcome = json!({});
        let done = match call["take"].as_u64() {
            Some(count @ 1..) => take(&mut runner, count as usize, &call["request"]).await,
            _ => run(&mut runner, &path, call["list"] == true, &call["request"]).await,
        };
        if let Err(error) = done {
            outcome["error"] = describe(&error);
        }
        outcome["responses"] = runner.responses.into();
        println!("{outcome}");
        std::io::stdout().flush().unwrap();
    }
}

fn describe(error: &Error) -> Value {
    json!({
        "code": code(error.code),
        "reason": error.reason.as_str_name().trim_start_matches("ERROR_REASON_"),
        "metadata": error.metadata,
        "violations": error.violations.iter().map(|violation| &violation.field).collect::<Vec<_>>(),
        "request_key": error.request_key.as_deref().unwrap_or_default(),
        "transient": error.is_transient(),
        "retry_after_ms": error.retry_after.map_or(0, |delay| delay.as_millis()),
    })
}

/// The canonical name of a code, such as NOT_FOUND.
fn code(code: Code) -> String {
    let mut name = String::new();
    for letter in format!("{code:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_uppercase());
    }
    name
}
