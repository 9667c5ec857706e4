"""The request-key protocol: fingerprints, the executor and its queue."""
