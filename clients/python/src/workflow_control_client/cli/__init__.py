"""The command line `workflow-control`: everything the server can do, from a terminal or a script.

It needs the extra `cli`: `pip install 'workflow-control-client[cli]'`. `README.md` has the exit codes.
"""
