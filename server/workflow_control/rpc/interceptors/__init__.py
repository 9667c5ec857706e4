"""What happens around every call, one concern per module; rpc/server.py says in which order and why."""
