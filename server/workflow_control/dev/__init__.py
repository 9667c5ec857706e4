"""What `make run` needs beyond the server; the server itself never imports it."""
