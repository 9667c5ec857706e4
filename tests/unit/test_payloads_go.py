"""Go's payloads: JSON in base64, and errors as their message."""

import pytest

from workflow_control.domain.payloads import JsonReading, read_error, read_payload

NAMES = pytest.mark.parametrize("serialization", ["DBOS_JSON", ""])
"""Rows from before the format had a name have an empty one."""

# Written by encoding/gob of Go 1.26: interfaces of a string, a number, a long string and an error of a registered type.
GOBS = (
    "EhAABnN0cmluZwwHAAVoZWxsbw==",
    "ChAAA2ludAQCAAo=",
    "/9cQAAZzdHJpbmcM/8sA/8h4" + "eHh4" * 66 + "eA==",
    "TBAADypkYm9zLkRCT1NFcnJvcn8DAQEJREJPU0Vycm9yAf+AAAEDAQdNZXNzYWdlAQwAAQRDb2RlAQQAAQpXb3JrZmxvd0lEAQwAAAAP/4AMAQRn"
    "b25lAQoBAXcA",
)


@NAMES
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("__DBOS_NIL", None),
        ("bnVsbA==", None),
        ("NQ==", 5),
        ("ImhpIg==", "hi"),
        ("eyJuYW1lIjoib3JkZXIiLCJpdGVtcyI6WzEsMi41XX0=", {"name": "order", "items": [1, 2.5]}),
        ("ImNhZsOpIg==", "café"),
    ],
)
def test_json_is_read(serialization: str, text: str, value: object) -> None:
    assert read_payload(serialization, text) == JsonReading(value)


@NAMES
@pytest.mark.parametrize(
    "text", ["", "5", '{"a":1}', "eyJhIjoxfQ", "eyJhIjoxfQ==\n", "/w==", "TmFO", "MWU5OTk=", "gAROLg==", *GOBS]
)
def test_other_text_stays_text(serialization: str, text: str) -> None:
    assert read_payload(serialization, text) is None


def test_nil_is_read_in_gobs_too() -> None:
    assert read_payload("DBOS_GOB", "__DBOS_NIL") == JsonReading(None)


@pytest.mark.parametrize("serialization", ["DBOS_JSON", "", "DBOS_GOB"])
@pytest.mark.parametrize("gob", GOBS)
def test_gobs_stay_text(serialization: str, gob: str) -> None:
    assert read_payload(serialization, gob) is None
    assert read_error(serialization, gob) is None


@pytest.mark.parametrize("serialization", ["DBOS_JSON", "", "DBOS_GOB"])
@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("out of stock", {"name": "error", "message": "out of stock"}),
        ("timeout1", {"name": "error", "message": "timeout1"}),  # Which is base64 too.
        ("{", {"name": "error", "message": "{"}),
        ('{"a":1}', {"name": "error", "message": '{"a":1}'}),
        ('{"name":"","message":""}', {"name": "error", "message": '{"name":"","message":""}'}),
        (
            '{"name":"ValidationError","message":"invalid","code":400,"data":{"field":"a"}}',
            {"name": "ValidationError", "message": "invalid", "code": 400, "data": {"field": "a"}},
        ),
    ],
)
def test_errors_read_as_name_and_message(serialization: str, text: str, error: dict[str, object]) -> None:
    assert read_error(serialization, text) == JsonReading(error)


def test_no_error_is_none() -> None:
    assert read_error("DBOS_JSON", "") is None
