//! What each request calls, from the table that is generated from the contract.

use crate::v1;

/// A request of the contract: its type says which RPC it is of.
pub trait Call: prost::Message + Clone + Default + 'static {
    /// What answers it.
    type Response: prost::Message + Default + 'static;
    /// The RPC, `/package.Service/Method`.
    const PATH: &'static str;

    /// The field of a mutation that names it; none for reads.
    fn request_key(&mut self) -> Option<&mut String>;
}

/// A request that is answered by a stream of responses.
pub trait StreamCall: Call {}

/// A request that is answered by a page of a list.
pub trait List: Call {
    /// What is listed.
    type Item: 'static;

    /// Sets where to go on.
    fn set_page_token(&mut self, page_token: String);
    /// Takes a page apart: its items, and where to go on; empty: this was the last page.
    fn take(page: Self::Response) -> (Vec<Self::Item>, String);
}

macro_rules! rpcs {
    ($($kind:ident $effect:ident $request:ident => $response:ident, $path:literal, [$($items:ident: $item:ident)?];)*) => {
        $(
            impl Call for v1::$request {
                type Response = v1::$response;
                const PATH: &'static str = $path;

                rpcs!(@request_key $effect);
            }
            rpcs!(@$kind $request);
            $(
                impl List for v1::$request {
                    type Item = v1::$item;

                    fn set_page_token(&mut self, page_token: String) {
                        self.page_token = page_token;
                    }

                    fn take(page: v1::$response) -> (Vec<v1::$item>, String) {
                        (page.$items, page.next_page_token)
                    }
                }
            )?
        )*
    };
    (@request_key mutation) => {
        fn request_key(&mut self) -> Option<&mut String> {
            Some(&mut self.request_key)
        }
    };
    (@request_key read) => {
        fn request_key(&mut self) -> Option<&mut String> {
            None
        }
    };
    (@unary $request:ident) => {};
    (@stream $request:ident) => {
        impl StreamCall for v1::$request {}
    };
}

include!("gen/calls.rs");
