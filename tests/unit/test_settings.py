"""Settings are read from the environment, and a wrong one says what is wrong, and never a password."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from workflow_control.setting_types import format_duration, parse_duration
from workflow_control.settings import PREFIX, Settings, SettingsError, describe_settings, load_settings

URL = "postgresql://orders:hunter2@db.internal:5432/orders"


def load(**variables: str) -> Settings:
    """Return the settings of these variables, named without their prefix."""
    return load_settings({f"{PREFIX}{name}": value for name, value in variables.items()})


def problems(**variables: str) -> str:
    """Return what is wrong with these variables."""
    with pytest.raises(SettingsError) as caught:
        load(**variables)
    assert "hunter2" not in str(caught.value)
    return str(caught.value)


def test_defaults_need_no_environment() -> None:
    settings = load_settings({})
    assert (settings.host, settings.port, settings.processes) == ("127.0.0.1", 50051, 1)
    assert settings.request_ttl == timedelta(days=7)
    assert settings == Settings()


def test_every_setting_can_be_set() -> None:
    """What the table calls its default means the default when it is written out."""
    variables = {row.name: row.default for row in describe_settings() if row.default}
    assert load_settings(variables) == Settings()
    assert len(variables) > 25


def test_other_variables_are_no_concern() -> None:
    assert load_settings({"PATH": "/bin", "WORKFLOW_CONTROLLER": "1"}) == Settings()


def test_an_empty_variable_is_as_good_as_none() -> None:
    """A compose file sets `${NAME:-}` like that."""
    assert load(PORT="", DATABASE_URL="") == Settings()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


@pytest.mark.parametrize(
    ("variable", "closest"),
    [("PROT", "PORT"), ("DATABSE_URL", "DATABASE_URL"), ("MAX_DEADLINES", "MAX_DEADLINE"), ("Q", "")],
)
def test_an_unknown_variable_names_the_closest_one(variable: str, closest: str) -> None:
    assert f"{PREFIX}{variable} is not a setting; did you mean {PREFIX}{closest}" in problems(**{variable: "x"})


@pytest.mark.parametrize(
    ("variable", "value", "bounds"),
    [
        ("PORT", "65536", "0 to 65535"),
        ("PORT", "-1", "0 to 65535"),
        ("PORT", "http", "0 to 65535"),
        ("PROCESSES", "0", "1 to 64"),
        ("MUTATION_CONNECTIONS", "33", "1 to 32"),
        ("REQUEST_TTL", "59m", "1h to 90d"),
        ("REQUEST_TTL", "91d", "1h to 90d"),
        ("REQUEST_TTL", "7", "1h to 90d"),
        ("CLEANUP_INTERVAL", "0s", "1s to 1d"),
        ("LOG_FORMAT", "xml", "auto, json, console"),
        ("MAX_RESPONSE_BYTES", "1024", "2097152 to 67108864"),
    ],
)
def test_a_bad_value_is_told_with_its_bounds(variable: str, value: str, bounds: str) -> None:
    told = problems(**{variable: value})
    assert f"{PREFIX}{variable} is '{value}'" in told
    assert f"Allowed: {bounds}." in told


def test_all_problems_are_told_at_once() -> None:
    told = problems(PORT="x", REFLECTION="maybe", PROT="1", DATABASE_URL="mysql:hunter2")
    assert [line.split(" ")[0].removesuffix(":") for line in told.splitlines()] == [
        f"{PREFIX}PROT",
        f"{PREFIX}DATABASE_URL",
        f"{PREFIX}PORT",
        f"{PREFIX}REFLECTION",
    ]


def test_the_lock_timeout_lies_within_the_statements() -> None:
    assert "LOCK_TIMEOUT_MS must be below" in problems(LOCK_TIMEOUT_MS="5000", STATEMENT_TIMEOUT_MS="5000")


@pytest.mark.parametrize("name", ["dbos", 'a"b', "Ünïcode", "x" * 63, "select", "with space"])
def test_any_identifier_names_a_schema(name: str) -> None:
    settings = load(DBOS_SCHEMA=name, SCHEMA=name)
    assert (settings.dbos_schema, settings.schema_) == (name, name)


@pytest.mark.parametrize("name", [" ", "x" * 64, "ü" * 32, "a\0b"])
def test_what_is_no_identifier_names_none(name: str) -> None:
    assert f"{PREFIX}SCHEMA is" in problems(SCHEMA=name)


@pytest.mark.parametrize("scope", ["\t", "x" * 256, "a\0b"])
def test_a_scope_is_a_name(scope: str) -> None:
    assert f"{PREFIX}SCOPE is" in problems(SCOPE=scope)


class TestDatabaseUrl:
    """The URL is a secret, and may come from a file."""

    def test_it_never_shows(self) -> None:
        settings = load(DATABASE_URL=URL)
        assert settings.require_database_url() == URL
        assert "hunter2" not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"

    @pytest.mark.parametrize("scheme", ["postgres+psycopg", "postgresql+psycopg2", "postgresql+asyncpg"])
    def test_sqlalchemys_driver_is_left_out(self, scheme: str) -> None:
        assert load(DATABASE_URL=URL.replace("postgresql", scheme)).require_database_url() == URL

    @pytest.mark.parametrize("url", ["sqlite:///hunter2.db", "hunter2", "http://a:hunter2@b", "postgresql://[hunter2"])
    def test_another_databases_url_is_refused(self, url: str) -> None:
        assert "not a Postgres URL" in problems(DATABASE_URL=url)

    def test_key_value_strings_are_fine(self) -> None:
        assert load(DATABASE_URL="host=db dbname=orders").require_database_url() == "host=db dbname=orders"

    def test_serving_needs_it(self) -> None:
        with pytest.raises(SettingsError, match=f"{PREFIX}DATABASE_URL is not set"):
            load_settings({}).require_database_url()

    def test_it_may_come_from_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "url"
        file.write_text(f"{URL}\n")
        settings = load(DATABASE_URL_FILE=str(file))
        assert settings.database_url == SecretStr(URL)

    def test_file_and_variable_exclude_each_other(self, tmp_path: Path) -> None:
        file = tmp_path / "url"
        file.write_text(URL)
        assert "are both set" in problems(DATABASE_URL_FILE=str(file), DATABASE_URL=URL)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        told = problems(DATABASE_URL_FILE=str(tmp_path / "nothing"))
        assert "nothing" in told
        assert "No such file" in told

    def test_a_file_of_bytes_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "url"
        file.write_bytes(b"\xff\xfe")
        assert "is not text" in problems(DATABASE_URL_FILE=str(file))

    def test_a_file_of_something_else_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "url"
        file.write_text("hunter2")
        assert "not a Postgres URL" in problems(DATABASE_URL_FILE=str(file))


def test_kubernetes_service_links_are_no_settings() -> None:
    """Every pod beside a Service named workflow-control has them; one has the name of a setting."""
    links = {
        "SERVICE_HOST": "10.0.0.1",
        "SERVICE_PORT": "50051",
        "SERVICE_PORT_GRPC": "50051",
        "PORT": "tcp://10.0.0.1:50051",
        "PORT_50051_TCP": "tcp://10.0.0.1:50051",
        "PORT_50051_TCP_PROTO": "tcp",
        "PORT_50051_TCP_PORT": "50051",
        "PORT_50051_TCP_ADDR": "10.0.0.1",
    }
    assert load(**links) == Settings()
    assert load(**links | {"HOST": "0.0.0.0"}).host == "0.0.0.0"  # noqa: S104 - Nothing listens.


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("250ms", timedelta(milliseconds=250)),
        ("300s", timedelta(minutes=5)),
        ("1.5h", timedelta(minutes=90)),
        ("7d", timedelta(days=7)),
        (" 30m ", timedelta(minutes=30)),
    ],
)
def test_durations_have_a_unit(text: str, span: timedelta) -> None:
    assert parse_duration(text) == span
    assert parse_duration(format_duration(span)) == span


@pytest.mark.parametrize(
    "text", ["", "s", "5", "-5s", "5 s", "5w", "1e3s", "٣s", "99999999999d", "1_000s", "P7D", "nans"]
)
def test_other_texts_are_no_durations(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)


def test_the_table_describes_every_setting_once() -> None:
    rows = list(describe_settings())
    names = [row.name for row in rows]
    assert len(names) == len(set(names))
    assert set(names) == {f"{PREFIX}{name.rstrip('_').upper()}" for name in Settings.model_fields} | {
        f"{PREFIX}DATABASE_URL_FILE"
    }
    for row in rows:
        assert row.description, row.name
        assert row.kind in {"text", "path", "number", "duration", "true or false"}
        assert row.bounds or row.kind in {"text", "path", "true or false"}, f"{row.name} has no bounds"


def test_bounds_are_accepted_and_what_is_beyond_is_not() -> None:
    for row in describe_settings():
        if row.kind != "number":
            continue
        low, high = map(int, row.bounds.split(" to "))
        # The other timeout's default would be in the way.
        others = (
            {f"{PREFIX}STATEMENT_TIMEOUT_MS": "60000"} if "LOCK" in row.name else {f"{PREFIX}LOCK_TIMEOUT_MS": "10"}
        )
        for value in (low, high):
            load_settings(others | {row.name: str(value)})
        for value in (low - 1, high + 1):
            with pytest.raises(SettingsError):
                load_settings(others | {row.name: str(value)})


def test_names_are_easy_to_tell_apart() -> None:
    """A misspelled variable must not be another one."""
    names = [row.name for row in describe_settings()]
    for one, other in itertools.combinations(names, 2):
        assert one.lower() != other.lower()
