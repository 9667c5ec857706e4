"""The gRPC surface: servicers, conversion, status, interceptors, health, reflection."""
