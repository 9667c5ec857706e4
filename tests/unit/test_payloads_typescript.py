"""TypeScript's payloads, as its DBOS releases wrote them: superjson 1 and 2, and the tagged JSON from before."""

import pytest

from workflow_control.domain.payloads import JsonReading, read_error, read_payload

# Written by @dbos-inc/dbos-sdk 4.20.11 with superjson 1.13.3, `DBOSJSON.stringify`; by name of the value.
SUPERJSON: dict[str, tuple[str, object]] = {
    "plain": (
        '{"json":[1,"a",null,{"b":[true,2.5]}],"__dbos_serializer":"superjson"}',
        [1, "a", None, {"b": [True, 2.5]}],
    ),
    "arguments": (
        '{"json":[1,"1970-01-01T00:00:00.000Z"],"meta":{"values":{"1":["Date"]}},"__dbos_serializer":"superjson"}',
        [1, "1970-01-01T00:00:00.000Z"],
    ),
    "undefined": ('{"json":null,"meta":{"values":["undefined"]},"__dbos_serializer":"superjson"}', None),
    "undefined members": (
        '{"json":{"a":null,"b":[null]},"meta":{"values":{"a":["undefined"],"b.0":["undefined"]}},'
        '"__dbos_serializer":"superjson"}',
        {"a": None, "b": [None]},
    ),
    "big integer": (
        '{"json":"12345678901234567890","meta":{"values":["bigint"]},"__dbos_serializer":"superjson"}',
        "12345678901234567890",
    ),
    "date": (
        '{"json":"2024-01-02T03:04:05.678Z","meta":{"values":["Date"]},"__dbos_serializer":"superjson"}',
        "2024-01-02T03:04:05.678Z",
    ),
    "invalid date": ('{"json":null,"__dbos_serializer":"superjson"}', None),
    "set": (
        '{"json":[1,"1970-01-01T00:00:00.000Z"],"meta":{"values":["set",{"1":["Date"]}]},'
        '"__dbos_serializer":"superjson"}',
        [1, "1970-01-01T00:00:00.000Z"],
    ),
    "map": (
        '{"json":[["a","1970-01-01T00:00:00.000Z"],["b",{"c":"1"}]],'
        '"meta":{"values":["map",{"0.1":["Date"],"1.1.c":["bigint"]}]},"__dbos_serializer":"superjson"}',
        {"a": "1970-01-01T00:00:00.000Z", "b": {"c": "1"}},
    ),
    "map of maps": (
        '{"json":[["k",[["i",1]]]],"meta":{"values":["map",{"0.1":["map"]}]},"__dbos_serializer":"superjson"}',
        {"k": {"i": 1}},
    ),
    "map by numbers": (
        '{"json":[[1,"x"],[2,"y"]],"meta":{"values":["map"]},"__dbos_serializer":"superjson"}',
        [[1, "x"], [2, "y"]],
    ),
    "minus zero": (
        '{"json":{"z":"-0"},"meta":{"values":{"z":["number"]}},"__dbos_serializer":"superjson"}',
        {"z": -0.0},
    ),
    "regular expression": (
        '{"json":"/a\\\\/b/gi","meta":{"values":["regexp"]},"__dbos_serializer":"superjson"}',
        "/a\\/b/gi",
    ),
    "URL": ('{"json":"https://x.y/z","meta":{"values":["URL"]},"__dbos_serializer":"superjson"}', "https://x.y/z"),
    "error": (
        '{"json":{"e":{"name":"Error","message":"m"}},"meta":{"values":{"e":["Error"]}},'
        '"__dbos_serializer":"superjson"}',
        {"e": {"name": "Error", "message": "m"}},
    ),
    "shared": (
        '{"json":{"p":{"x":"1970-01-01T00:00:00.000Z"},"q":{"x":"1970-01-01T00:00:00.000Z"}},'
        '"meta":{"values":{"p.x":["Date"],"q.x":["Date"]},"referentialEqualities":{"p":["q"]}},'
        '"__dbos_serializer":"superjson"}',
        {"p": {"x": "1970-01-01T00:00:00.000Z"}, "q": {"x": "1970-01-01T00:00:00.000Z"}},
    ),
    "buffer": (
        '{"json":[1,2,255],"meta":{"values":[["custom","Buffer"]]},"__dbos_serializer":"superjson"}',
        [1, 2, 255],
    ),
    "typed array": (
        '{"json":[1,2],"meta":{"values":[["typed-array","Uint8Array"]]},"__dbos_serializer":"superjson"}',
        [1, 2],
    ),
    "instance": ('{"json":{"a":1},"__dbos_serializer":"superjson"}', {"a": 1}),
    "names with dots": (
        '{"json":{"a.b":{"c\\\\d":"1970-01-01T00:00:00.000Z"}},"meta":{"values":{"a\\\\.b.c\\\\d":["Date"]}},'
        '"__dbos_serializer":"superjson"}',
        {"a.b": {"c\\d": "1970-01-01T00:00:00.000Z"}},
    ),
    "name with two backslashes": (
        '{"json":{"c\\\\\\\\d":{"x":"-0"}},"meta":{"values":{"c\\\\\\\\d.x":["number"]}},"__dbos_serializer":"superjson"}',
        {"c\\\\d": {"x": -0.0}},
    ),
    "empty name": (
        '{"json":{"":"1970-01-01T00:00:00.000Z"},"meta":{"values":{"":["Date"]}},"__dbos_serializer":"superjson"}',
        {"": "1970-01-01T00:00:00.000Z"},
    ),
    "text like the mark": (
        '{"json":{"s":"\\"__dbos_serializer\\":\\"superjson\\""},"__dbos_serializer":"superjson"}',
        {"s": '"__dbos_serializer":"superjson"'},
    ),
    # Likewise, but with superjson 2.2.6.
    "names with dots, superjson 2": (
        '{"json":{"a.b":{"c\\\\d":"1970-01-01T00:00:00.000Z"}},'
        '"meta":{"values":{"a\\\\.b.c\\\\\\\\d":["Date"]},"v":1},"__dbos_serializer":"superjson"}',
        {"a.b": {"c\\d": "1970-01-01T00:00:00.000Z"}},
    ),
    "name that ends with a backslash, superjson 2": (
        '{"json":{"p":[1],"back\\\\":{"z":"-0"}},"meta":{"values":{"back\\\\\\\\.z":["number"]},"v":1},'
        '"__dbos_serializer":"superjson"}',
        {"p": [1], "back\\": {"z": -0.0}},
    ),
}

# `DBOSJSONLegacy.stringify` of the same release.
LEGACY: dict[str, tuple[str, object]] = {
    "plain": ('[1,{"a":"x"}]', [1, {"a": "x"}]),
    "date": (
        '{"d":{"dbos_type":"dbos_Date","dbos_data":"1970-01-01T00:00:00.000Z"}}',
        {"d": "1970-01-01T00:00:00.000Z"},
    ),
    "big integer": ('[{"dbos_type":"dbos_BigInt","dbos_data":"5"}]', ["5"]),
    "buffer": ('{"b":{"type":"Buffer","data":[1,2]}}', {"b": [1, 2]}),
    "an own type": ('{"type":"Buffer","of":1}', {"type": "Buffer", "of": 1}),
    "NaN": ("null", None),
    "number": ("5", 5),
}


@pytest.mark.parametrize("name", SUPERJSON)
def test_superjson_is_read(name: str) -> None:
    text, value = SUPERJSON[name]
    read = read_payload("js_superjson", text)
    assert read == JsonReading(value)
    assert repr(read.value) == repr(value)  # -0.0 is not 0.


@pytest.mark.parametrize("serialization", ["js_legacy", "js_superjson"])
@pytest.mark.parametrize("name", LEGACY)
def test_the_legacy_format_is_read_by_either_name(name: str, serialization: str) -> None:
    text, value = LEGACY[name]
    assert read_payload(serialization, text) == JsonReading(value)


def test_only_the_mark_makes_superjson() -> None:
    text = '{"json":["1"],"meta":{"values":{"0":["bigint"]}}}'
    assert read_payload("js_superjson", text) == JsonReading({"json": ["1"], "meta": {"values": {"0": ["bigint"]}}})
    marked = '{"a":{"json":1,"__dbos_serializer":"superjson"}}'
    assert read_payload("js_superjson", marked) == JsonReading({"a": {"json": 1, "__dbos_serializer": "superjson"}})


def superjson(json: str, meta: str) -> str:
    return f'{{"json":{json},"meta":{meta},"__dbos_serializer":"superjson"}}'


@pytest.mark.parametrize(
    "text",
    [
        superjson('{"v":["NaN"]}', '{"values":{"v.0":["number"]}}'),
        superjson('"-Infinity"', '{"values":["number"]}'),
        superjson('{"a":1,"self":null}', '{"referentialEqualities":[["self"]]}'),
        superjson("[null]", '{"referentialEqualities":[["0"]]}'),
        superjson('{"list":[1,null]}', '{"referentialEqualities":{"list":["list.1"]}}'),
        superjson('{"l":[null]}', '{"referentialEqualities":{"l":["l.0"]},"v":1}'),
        # Not superjson's.
        superjson("1", '{"values":["a type of the future"]}'),
        superjson("1", '{"values":[["composite of the future","x"]]}'),
        superjson("1", '{"values":[5]}'),
        superjson("1", '{"values":[[]]}'),
        superjson("1", '{"values":[]}'),
        superjson("1", '{"values":["set",{},{}]}'),
        superjson("1", '{"values":["set",5]}'),
        superjson("1", '{"values":"set"}'),
        superjson("1", '{"values":null}'),
        superjson("1", '{"values":{"a":["Date"]}}'),
        superjson("[1]", '{"values":{"1":["Date"]}}'),
        superjson("[1]", '{"values":{"-1":["Date"]}}'),
        superjson("[1]", '{"values":{"²":["Date"]}}'),
        superjson("[1]", f'{{"values":{{"{"9" * 5000}":["Date"]}}}}'),
        superjson("[[1]]", '{"values":["map"]}'),
        superjson("1", '{"values":["map"]}'),
        superjson("1", "5"),
        superjson("1", '{"referentialEqualities":5}'),
        superjson("1", '{"referentialEqualities":{"a":"b"}}'),
        superjson("1", '{"referentialEqualities":{"a":[5]}}'),
        superjson("1", '{"values":' + '{"a":' * 5000 + "1" + "}" * 5000 + "}"),
        '{"__dbos_serializer":"superjson","json":NaN}',
        "undefined",
        "",
        "{",
    ],
    ids=lambda text: text[:80],
)
def test_what_json_cannot_hold_stays_text(text: str) -> None:
    assert read_payload("js_superjson", text) is None


def test_keys_that_only_read_alike_leave_a_map_an_array() -> None:
    text = superjson('[["1",1],["1",2]]', '{"values":["map",{"0.0":["bigint"]}]}')
    assert read_payload("js_superjson", text) == JsonReading([["1", 1], ["1", 2]])


# `serializeResErrorWithSerializer` of the same release, with shorter stacks.
@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            '{"json":{"name":"TypeError","message":"bad","stack":"TypeError: bad\\n    at f"},'
            '"__dbos_serializer":"superjson"}',
            {"name": "TypeError", "message": "bad"},
        ),
        (
            '{"json":{"name":"MyErr","code":42,"data":{"a":1},"extra":"1970-01-01T00:00:00.000Z","message":"mine",'
            '"stack":"MyErr: mine"},"__dbos_serializer":"superjson"}',
            {"name": "MyErr", "message": "mine", "code": 42, "data": {"a": 1}},
        ),
        (
            '{"json":{"dbosErrorCode":24,"workflowID":"wf","name":"Error","message":"Workflow wf has been cancelled",'
            '"stack":"Error"},"__dbos_serializer":"superjson"}',
            {"name": "Error", "message": "Workflow wf has been cancelled"},
        ),
        ('{"name":"Error","message":"old","code":null,"stack":"Error: old"}', {"name": "Error", "message": "old"}),
    ],
)
def test_errors_read_as_name_and_message(text: str, error: dict[str, object]) -> None:
    assert read_error("js_superjson", text) == JsonReading(error)


@pytest.mark.parametrize(
    "text",
    [
        '{"json":"thrown","__dbos_serializer":"superjson"}',
        '{"json":{"message":"m"},"__dbos_serializer":"superjson"}',
        '{"json":{"name":"E"},"__dbos_serializer":"superjson"}',
        '{"json":{"name":"E","message":5},"__dbos_serializer":"superjson"}',
    ],
)
def test_what_was_thrown_without_being_an_error_stays_text(text: str) -> None:
    assert read_error("js_superjson", text) is None
