"""Java's payloads: JSON of Jackson 2.18 with the names of classes, as its DBOS releases configured that."""

import pytest

from workflow_control.domain.payloads import JsonReading, read_error, read_payload

# Written with names for every class but the natural ones of JSON, as the newest release does.
EVERY_CLASS: dict[str, tuple[str, object]] = {
    "Integer": ("42", 42),
    "Long": ('["java.lang.Long",1234567890123]', 1234567890123),
    "Float": ('["java.lang.Float",3.3]', 3.3),
    "Double": ("3.14159", 3.14159),
    "Boolean": ("true", True),
    "null": ("null", None),
    "String": ('"hello"', "hello"),
    "Character": ('["java.lang.Character","c"]', "c"),
    "BigDecimal": ('["java.math.BigDecimal",1.50]', 1.5),
    "BigInteger": ('["java.math.BigInteger",12345678901234567890]', 12345678901234567890),
    "Arrays.asList": ('["java.util.Arrays$ArrayList",["apple","banana"]]', ["apple", "banana"]),
    "List.of": ('["java.util.ImmutableCollections$List12",["a","b"]]', ["a", "b"]),
    "empty list": ('["java.util.ImmutableCollections$ListN",[]]', []),
    "Set": ('["java.util.ImmutableCollections$Set12",["s"]]', ["s"]),
    "EnumSet": ('["java.util.EnumSet<com.acme.Shop$Color>",["RED"]]', ["RED"]),
    "HashMap": (
        '{"@class":"java.util.HashMap","big":["java.lang.Long",1234567890123],"one":1,'
        '"list":["java.util.ArrayList",["x",2.5]]}',
        {"big": 1234567890123, "one": 1, "list": ["x", 2.5]},
    ),
    "empty map": ('{"@class":"java.util.ImmutableCollections$MapN"}', {}),
    "EnumMap": ('{"@class":"java.util.EnumMap<com.acme.Shop$Color,java.lang.Object>","RED":1}', {"RED": 1}),
    "record": (
        '{"@class":"com.acme.Person","name":"Alice","age":30,"id":["java.lang.Long",7],'
        '"address":{"@class":"com.acme.Address","city":"Seattle","zip":"98101"},'
        '"tags":["java.util.ImmutableCollections$List12",["t"]],'
        '"words":["[Ljava.lang.String;",["com.acme.Foo","x"]],"color":["com.acme.Shop$Color","RED"],"d":["[D",[1.5]]}',
        {
            "name": "Alice",
            "age": 30,
            "id": 7,
            "address": {"city": "Seattle", "zip": "98101"},
            "tags": ["t"],
            "words": ["com.acme.Foo", "x"],
            "color": "RED",
            "d": [1.5],
        },
    ),
    "int[]": ('["[I",[1,2,3,4]]', [1, 2, 3, 4]),
    "int[][]": ('["[[I",[["[I",[1]],["[I",[2]]]]', [[1], [2]]),
    "byte[]": ('["[B","AQI="]', "AQI="),
    "char[]": ('["[C","ab"]', "ab"),
    "Long[]": ('["[Ljava.lang.Long;",[["java.lang.Long",1]]]', [1]),
    "Object[]": (
        '["[Ljava.lang.Object;",[1,["java.lang.Long",5],"s",null,["[Ljava.lang.Object;",[]],'
        '["[Ljava.lang.String;",["q"]]]]',
        [1, 5, "s", None, [], ["q"]],
    ),
    "Object[] that begins like a class": (
        '["[Ljava.lang.Object;",["com.acme.Foo",["java.util.ImmutableCollections$List12",["z"]]]]',
        ["com.acme.Foo", ["z"]],
    ),
    "enum": ('["com.acme.Shop$Color","GREEN"]', "GREEN"),
    "Instant": ('["java.time.Instant","2024-01-01T00:00:00Z"]', "2024-01-01T00:00:00Z"),
    "Duration": ('["java.time.Duration",5.000000000]', 5.0),
    "Date": ('["java.util.Date","1970-01-01T00:00:00.000+00:00"]', "1970-01-01T00:00:00.000+00:00"),
    "UUID": (
        '["java.util.UUID","123e4567-e89b-12d3-a456-426614174000"]',
        "123e4567-e89b-12d3-a456-426614174000",
    ),
    "Deque": ('["java.util.ArrayDeque",[1]]', [1]),
}

# Written with names for classes that are not final only, as releases before that did.
OPEN_CLASSES: dict[str, tuple[str, object]] = {
    "Long": ("1234567890123", 1234567890123),
    "List.of": ('["a","b"]', ["a", "b"]),
    "List.of one": ('["com.acme.Foo"]', ["com.acme.Foo"]),
    "String[] of host names": ('["www.example.com","x"]', ["www.example.com", "x"]),
    "String[] of sentences": ('["Yes. No","x"]', ["Yes. No", "x"]),
    "empty map": ("{}", {}),
    "record": (
        '{"name":"Alice","id":7,"address":{"city":"Seattle"},"color":["com.acme.Shop$Color","RED"],"d":[1.5]}',
        {"name": "Alice", "id": 7, "address": {"city": "Seattle"}, "color": "RED", "d": [1.5]},
    ),
    "record with args": (
        '{"args":["java.util.ArrayList",[["java.lang.Long",5]]]}',
        {"args": [5]},
    ),
    "int[][]": ("[[1],[2]]", [[1], [2]]),
    "Object[]": ('["[Ljava.lang.Object;",[1,["java.lang.Long",5],"s",null]]', [1, 5, "s", None]),
    "pair of a name and an object": ('["com.acme.Foo",{"a":1}]', ["com.acme.Foo", {"a": 1}]),
    "pair of a name and null": ('["com.acme.Foo",null]', ["com.acme.Foo", None]),
}

# Written as the elements of `{"args":[...]}`, with names for these only, as the first releases did.
BOXED: dict[str, tuple[str, object]] = {
    "Integer": ('{"args":[42]}', [42]),
    "Long": ('{"args":[["java.lang.Long",5]]}', [5]),
    "null": ('{"args":[null]}', [None]),
    "nothing": ('{"args":[]}', []),
    "List": ('{"args":[["java.util.Arrays$ArrayList",["apple",["banana"]]]]}', [["apple", ["banana"]]]),
    "Object[]": ('{"args":[["[Ljava.lang.Object;",["com.acme.Foo",["z"]]]]}', [["com.acme.Foo", ["z"]]]),
    "record": (
        '{"args":[{"@class":"com.acme.Person","name":"Alice","words":["com.acme.Foo","x"],"color":"RED"},"s"]}',
        [{"name": "Alice", "words": ["com.acme.Foo", "x"], "color": "RED"}, "s"],
    ),
    "byte[]": ('{"args":[["[B","AQI="]]}', ["AQI="]),
}


@pytest.mark.parametrize("name", EVERY_CLASS)
def test_values_with_the_name_of_every_class_are_read(name: str) -> None:
    text, value = EVERY_CLASS[name]
    assert read_payload("java_jackson", text) == JsonReading(value)


@pytest.mark.parametrize("name", OPEN_CLASSES)
def test_values_with_the_names_of_open_classes_are_read(name: str) -> None:
    text, value = OPEN_CLASSES[name]
    assert read_payload("java_jackson", text) == JsonReading(value)


@pytest.mark.parametrize("name", BOXED)
def test_boxed_values_are_read(name: str) -> None:
    text, value = BOXED[name]
    assert read_payload("java_jackson", text) == JsonReading({"args": value})


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", '["java.lang.Double","NaN"]', '[["java.lang.Float","Infinity"]]', "rO0ABXNy"]
)
def test_other_text_stays_text(text: str) -> None:
    assert read_payload("java_jackson", text) is None


# The exception itself is there in Java's own serialization, here cut off after its first bytes.
_THROWABLE = (
    '"v":1,"type":"com.acme.Shop$OutOfStockException","message":"none left","causeType":null,'
    '"stackPreview":["java.util.ImmutableCollections$ListN",["Main.f(Main.java:3)"]],"suppressedCount":0,'
    '"base64bytes":"rO0ABQ==","node":null,"extra":{"@class":"java.util.ImmutableCollections$MapN"}'
)


@pytest.mark.parametrize(
    "text",
    [
        f'{{"@class":"dev.dbos.transact.json.WireThrowable",{_THROWABLE}}}',
        f"{{{_THROWABLE}}}",
        f'{{"args":[{{"@class":"dev.dbos.transact.json.JSONUtil$WireThrowable",{_THROWABLE}}}]}}',
    ],
)
def test_errors_read_as_name_and_message(text: str) -> None:
    error = {"name": "OutOfStockException", "message": "none left"}
    assert read_error("java_jackson", text) == JsonReading(error)
    silent = text.replace('"none left"', "null").replace("com.acme.Shop$OutOfStockException", "java.lang.Error")
    assert read_error("java_jackson", silent) == JsonReading({"name": "Error", "message": ""})


@pytest.mark.parametrize("text", ['"boom"', '{"type":"a.B","message":"m"}', '{"args":[]}', '{"args":["m"]}', "{", ""])
def test_what_is_no_error_stays_text(text: str) -> None:
    assert read_error("java_jackson", text) is None
