"""Pickles that were made to do harm do nothing, in little time and memory, and have no reading."""

import io
import pickle
import pickletools
import subprocess
import sys
import time
import tracemalloc

import pytest

from tests.fixtures.audit import watched
from tests.fixtures.pickles import HARMFUL, HOSTILE, MIB, PROTO_4, STOP, encoded, truncations
from workflow_control.domain.payloads import read_error, read_payload

READERS = [(read_payload, "py_pickle"), (read_error, "py_pickle"), (read_payload, None), (read_error, None)]
CPU_MAX_S = 2.0
"""Far more than the slowest takes, and far less than anything that grows faster than its text."""
MEMORY_MAX = 32 * MIB
FOLLOWED = """
    PROTO FRAME STOP NONE NEWTRUE NEWFALSE BININT BININT1 BININT2 LONG1 LONG4 BINFLOAT SHORT_BINUNICODE BINUNICODE
    BINUNICODE8 SHORT_BINBYTES BINBYTES BINBYTES8 EMPTY_TUPLE TUPLE TUPLE1 TUPLE2 TUPLE3 EMPTY_LIST APPEND APPENDS
    EMPTY_DICT SETITEM SETITEMS EMPTY_SET ADDITEMS FROZENSET MARK MEMOIZE BINPUT LONG_BINPUT BINGET LONG_BINGET
    GLOBAL STACK_GLOBAL REDUCE NEWOBJ BUILD
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_run_and_nothing_read(name: str) -> None:
    pickled = encoded(HOSTILE[name])
    for read, serialization in READERS:
        started = time.thread_time()
        with watched() as events:
            reading = read(serialization, pickled)
        assert reading is None
        assert events == []
        assert time.thread_time() - started < CPU_MAX_S


def test_nothing_takes_much_memory() -> None:
    tracemalloc.start()
    try:
        for name, pickled in HOSTILE.items():
            pickled_text = encoded(pickled)
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            assert read_payload("py_pickle", pickled_text) is None
            assert read_error("py_pickle", pickled_text) is None
            _, peak = tracemalloc.get_traced_memory()
            assert peak - before < MEMORY_MAX, name
    finally:
        tracemalloc.stop()


def test_the_harmful_are_well_formed() -> None:
    """Else they would be refused for the wrong reason."""
    for name, pickled in HARMFUL.items():
        if "million" not in name:
            pickletools.dis(pickled, io.StringIO())


def test_the_watch_sees_what_the_corpus_would_do() -> None:
    """The proof above is only worth what the watch sees: really unpickled, the corpus is noticed."""
    script = (
        "import os, pickle, sys\n"
        "sys.path.insert(0, os.getcwd())\n"
        "from tests.fixtures.audit import watched\n"
        "from tests.fixtures.pickles import PROTO_4, STOP, call, text\n"
        "with watched() as events:\n"
        "    pickle.loads(PROTO_4 + call('posix', 'system', text('exit 3')) + STOP)\n"
        "print([event.partition('(')[0] for event in events])\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "['pickle.find_class', 'os.system']"


@pytest.mark.parametrize("value", [{"args": (1, [2.5, "é"], {3}), "kwargs": {"a": None}}, ValueError("no")], ids=repr)
def test_no_beginning_of_a_pickle_is_read(value: object) -> None:
    for beginning in truncations(pickle.dumps(value, 4)):
        assert read_payload("py_pickle", encoded(beginning)) is None
        assert read_error("py_pickle", encoded(beginning)) is None


OTHER_OPCODES = [opcode for opcode in pickletools.opcodes if opcode.name not in FOLLOWED.split()]


@pytest.mark.parametrize("opcode", OTHER_OPCODES, ids=lambda opcode: opcode.name)
def test_no_other_opcode_is_followed(opcode: pickletools.OpcodeInfo) -> None:
    """With whatever operands, and with values, marks and a memo before it. Python's table of opcodes may grow."""
    for operands in (b"", b"\x00", b"1\n", b"'a'\n", b"os\ngetcwd\n", b"\x01" * 8, b"\x00\x00\x00\x00"):
        for before in (b"", b"N", b"(N", b"](N", b"}(" + b"NN", b"N\x94"):
            with watched() as events:
                pickled = encoded(PROTO_4 + before + opcode.code.encode("latin-1") + operands + STOP)
                assert read_payload("py_pickle", pickled) is None
            assert events == []
