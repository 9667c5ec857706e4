"""Which reader reads which text: by the name of its format, and without one only where the text can be nothing else."""

import json

import pytest

from tests.fixtures.pickles import MIB, stored
from workflow_control.domain.payloads import JsonReading, read_error, read_payload


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (stored({"args": (1,), "kwargs": {}}), {"args": [1], "kwargs": {}}),
        (stored(None, 5), None),
        ('{"json":["5"],"meta":{"values":{"0":["bigint"]}},"__dbos_serializer":"superjson"}', ["5"]),
        ('{"d":{"dbos_type":"dbos_Date","dbos_data":"1970-01-01T00:00:00.000Z"}}', {"d": "1970-01-01T00:00:00.000Z"}),
        ('["a",1]', ["a", 1]),
        ('"a string"', "a string"),
        ("eyJhIjoxfQ==", {"a": 1}),
        ("WzFd", [1]),
        ("ImhpIg==", "hi"),
        ("__DBOS_NIL", None),
    ],
)
def test_values_without_a_format_are_read_where_they_are_unmistakable(text: str, value: object) -> None:
    assert read_payload(None, text) == JsonReading(value)


@pytest.mark.parametrize(
    "text",
    [
        # Words and numbers are JSON, base64 and whatever an application's own format may be.
        "5",
        "true",
        "null",
        "NQ==",
        "bnVsbA==",
        "out of stock",
        "timeout1",
        "",
        "{'a': 1}",
        '{"a": NaN}',
        # Java's or TypeScript's.
        '{"args":[["java.lang.Long",5]]}',
        '{"@class":"java.util.HashMap","a":1}',
        '["[Ljava.lang.Object;",[1]]',
        "rO0ABXNy",
        "EhAABnN0cmluZwwHAAVoZWxsbw==",
    ],
)
def test_values_without_a_format_stay_text_where_they_could_be_another(text: str) -> None:
    assert read_payload(None, text) is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (stored(ValueError("no")), {"name": "ValueError", "message": "no"}),
        (
            '{"json":{"name":"E","message":"m","stack":"s"},"__dbos_serializer":"superjson"}',
            {"name": "E", "message": "m"},
        ),
        ('{"name":"E","message":"m","stack":"s"}', {"name": "E", "message": "m"}),
    ],
)
def test_errors_without_a_format_are_read_where_they_are_unmistakable(text: str, error: dict[str, str]) -> None:
    assert read_error(None, text) == JsonReading(error)


@pytest.mark.parametrize(
    "text", ["out of stock", '"out of stock"', "__DBOS_NIL", "eyJhIjoxfQ==", '{"message":"m"}', ""]
)
def test_errors_without_a_format_stay_text_where_they_could_be_another(text: str) -> None:
    assert read_error(None, text) is None


@pytest.mark.parametrize("serialization", ["custom_serializer", "PORTABLE_JSON", "portable_json ", "java_serialize"])
def test_formats_that_are_not_known_stay_text(serialization: str) -> None:
    assert read_payload(serialization, "{}") is None
    assert read_error(serialization, '{"name":"E","message":"m"}') is None


def test_portable_errors_read_as_they_are() -> None:
    text = '{"name":"E","message":"m","code":null,"data":[1],"more":2}'
    error = {"name": "E", "message": "m", "code": None, "data": [1], "more": 2}
    assert read_error("portable_json", text) == JsonReading(error)


@pytest.mark.parametrize("serialization", ["portable_json", "js_superjson", "js_legacy", "java_jackson", None])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000 + "]" * 50_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        "[" + "0," * 200_000 + "0]",
        "[" + "9" * 5000 + "]",
        "[1e999]",
        '"' + "x" * MIB + '"',
    ],
    ids=["deep arrays", "deep objects", "many values", "many digits", "beyond a double", "long"],
)
def test_json_beyond_the_limits_stays_text(serialization: str | None, text: str) -> None:
    assert read_payload(serialization, text) is None
    assert read_error(serialization, text) is None


@pytest.mark.parametrize("serialization", ["portable_json", "js_superjson", "js_legacy", "java_jackson", None])
def test_json_within_the_limits_is_read(serialization: str | None) -> None:
    for value in ([0] * 99_000, ["x" * (MIB - 4)], [10**400]):
        assert read_payload(serialization, json.dumps(value, separators=(",", ":"))) == JsonReading(value)
