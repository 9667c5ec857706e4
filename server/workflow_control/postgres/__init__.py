"""Connections, probe, migrations, and the meaning of SQLSTATEs."""
