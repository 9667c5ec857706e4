"""Waiting that is shared: one task per process asks the database for all who wait.

    who waits ── subscribe(keys) ──► Source ◄── tick() ── Ticker        the one task
                 ◄── mailbox ──────     └──► poll(keys, versions)       one statement for up to a thousand keys

Nothing here knows what is waited for. A **source** knows one kind of it by key, such as workflow states by id: a
`KeyedSource` is made with a **poll**, which says of many keys at once which are no longer what they were. The
**ticker** lets every source that somebody waits at poll once per tick, and sends no statement at all while nobody
waits. A **waiter** is one call that waits, at one or several sources; what it has not read yet is in a **mailbox** per
source, where the latest state of a key takes the place of the one before.

To add a kind of waiting, write its poll (a statement in `dbos/queries` and a method that runs it), make one
`KeyedSource` of it in `wiring`, and wait like this:

    stored = await read()                                  # what may be raised is raised here
    if is_enough(stored):
        return stored
    with ticker.waiter("event") as waiter, source.subscribe(waiter, [key]) as mailbox:
        while await waiter.wait(seconds_left()):           # False: the time is up
            for key, state in mailbox.take().items():      # state is None: it is not there
                ...

A mailbox is first given the state of every key as a poll finds it that begins after the subscription, changed or not,
and from then on each change. So nothing is missed between `read` and `subscribe`, and nothing older than `read` comes.
"""
