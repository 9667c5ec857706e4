"""`make bench`: what a keyed cancel costs here, beside an empty RPC and beside other ways to cancel, in one run.

The absolute figures say more about the machine than about the code, so all contenders take turns on one database, round
by round, and only ratios are goals. Each runs in a process of its own and is driven from another one: what a caller
costs is never counted as ours. Every cancel has a key of its own and a workflow of its own that is really pending, and
after each measurement the tables are asked whether all of it happened.
"""
