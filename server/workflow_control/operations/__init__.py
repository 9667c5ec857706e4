"""What each RPC means, in terms of the domain and of ports."""
