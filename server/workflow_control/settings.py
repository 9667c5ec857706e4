"""The server's settings, from the environment. Each has a unit, a default and bounds; a wrong one ends the start."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal, NamedTuple, Self

from annotated_types import Ge, Le
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo

from workflow_control.domain.limits import REQUEST_TTL_MAX, REQUEST_TTL_MIN
from workflow_control.setting_types import DatabaseUrl, Duration, SchemaName, ScopeName, format_duration

PREFIX: Final = "WORKFLOW_CONTROL_"
_MEBIBYTE: Final = 1024 * 1024


class SettingsError(Exception):
    """The environment does not configure a server. The message has a line for each problem, and no secret."""


class Settings(BaseModel):
    """All settings. A field's environment variable is its name in capitals after WORKFLOW_CONTROL_."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True)

    # The database.
    database_url: DatabaseUrl | None = Field(default=None, description="Postgres URL of DBOS's system database")
    dbos_schema: SchemaName = Field(default="dbos", description="Schema of DBOS's tables")
    schema_: SchemaName = Field(default="workflow_control", description="Schema of the server's own tables")
    mutation_connections: int = Field(default=3, ge=1, le=32, description="Connections for mutations, per process")
    read_connections: int = Field(default=4, ge=1, le=64, description="Connections for reads, per process")
    connect_timeout_s: int = Field(default=3, ge=1, le=60, description="Limit on connecting, in seconds")
    pool_timeout_ms: int = Field(
        default=1000, ge=10, le=30_000, description="How long a call waits for a connection, in milliseconds"
    )
    lock_timeout_ms: int = Field(
        default=2000, ge=10, le=30_000, description="How long a mutation waits for a row's lock, in milliseconds"
    )
    statement_timeout_ms: int = Field(
        default=5000, ge=100, le=60_000, description="Limit on one SQL statement, in milliseconds"
    )
    prepared_statements: bool = Field(
        default=True, description="Use prepared statements; false behind a pooler that pools transactions"
    )
    probe_interval_ms: int = Field(
        default=1000, ge=100, le=60_000, description="Time between two probes of the database, in milliseconds"
    )

    # Request keys.
    scope: ScopeName = Field(default="default", description="Scope of the request keys of callers without identity")
    request_ttl: Duration = Field(
        default=timedelta(days=7), ge=REQUEST_TTL_MIN, le=REQUEST_TTL_MAX, description="How long a key is honoured"
    )
    max_queued_mutations: int = Field(
        default=1024, ge=1, le=100_000, description="Mutations that may wait, per process; more answer OVERLOADED"
    )
    max_batch: int = Field(default=128, ge=1, le=1024, description="Mutations in one transaction")
    cleanup_interval: Duration = Field(
        default=timedelta(seconds=300),
        ge=timedelta(seconds=1),
        le=timedelta(days=1),
        description="Time between two deletions of expired keys",
    )
    cleanup_batch: int = Field(default=5000, ge=100, le=100_000, description="Expired keys deleted in one transaction")

    # Waiting and watching.
    max_watchers: int = Field(
        default=10_000,
        ge=1,
        le=100_000,
        description="Calls that may wait or watch, per process; more answer OVERLOADED",
    )
    max_watched_workflows: int = Field(
        default=1000, ge=1, le=1000, description="Workflows that one call may wait for or watch by id"
    )
    watch_interval_ms: int = Field(
        default=200,
        ge=20,
        le=10_000,
        description="Time between two looks at the database for all that wait, in milliseconds; none while none does",
    )

    max_selected_workflows: int = Field(
        default=10_000, ge=1, le=100_000, description="Workflows that the filter of one watch may select"
    )
    max_watched_filters: int = Field(
        default=100, ge=1, le=1000, description="Different filters that may be watched, per process"
    )
    watch_check_interval: Duration = Field(
        default=timedelta(seconds=30),
        ge=timedelta(seconds=1),
        le=timedelta(hours=1),
        description="Time between two looks at all that a watched filter selects",
    )
    watch_clock_slack: Duration = Field(
        default=timedelta(seconds=10),
        ge=timedelta(0),
        le=timedelta(minutes=10),
        description="How far the clocks of DBOS's workers may be behind the database's for a watch to be in time",
    )
    watch_heartbeat: Duration = Field(
        default=timedelta(seconds=30),
        ge=timedelta(seconds=1),
        le=timedelta(minutes=10),
        description="After how long without a change a watch says so, unless its caller asks for another time",
    )
    max_watch_age: Duration = Field(
        default=timedelta(minutes=15),
        ge=timedelta(seconds=1),
        le=timedelta(days=1),
        description="How long a watch lasts at most; each ends up to a fifth earlier, and its client goes on",
    )

    # Bulk operations.
    bulk_operations: int = Field(
        default=2, ge=0, le=16, description="Bulk operations at work at once, per process; 0 leaves them to others"
    )
    bulk_retention: Duration = Field(
        default=timedelta(days=30),
        ge=timedelta(hours=1),
        le=timedelta(days=3650),
        description="How long a bulk operation is kept after its end",
    )

    # The gRPC server.
    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on; 0.0.0.0 for all")
    port: int = Field(default=50051, ge=0, le=65_535, description="Port to listen on; 0 for any free one")
    processes: int = Field(default=1, ge=1, le=64, description="Server processes that share the port")
    reflection: bool = Field(default=True, description="Serve gRPC reflection, which grpcurl and others ask for")
    max_request_bytes: int = Field(
        default=4 * _MEBIBYTE, ge=_MEBIBYTE, le=64 * _MEBIBYTE, description="Largest message accepted, in bytes"
    )
    max_response_bytes: int = Field(
        default=4 * _MEBIBYTE,
        ge=2 * _MEBIBYTE,
        le=64 * _MEBIBYTE,
        description="Largest message sent, in bytes; clients accept 4 MiB unless told otherwise",
    )
    max_connections: int = Field(default=1000, ge=1, le=100_000, description="Client connections, per process")
    max_concurrent_streams: int = Field(default=1000, ge=1, le=100_000, description="Calls at once, per connection")
    max_connection_idle: Duration = Field(
        default=timedelta(minutes=15),
        ge=timedelta(seconds=1),
        le=timedelta(days=1),
        description="After how long a connection without calls is closed",
    )
    max_connection_age: Duration = Field(
        default=timedelta(minutes=30),
        ge=timedelta(seconds=1),
        le=timedelta(days=1),
        description="After how long clients are asked to connect anew, so that they spread over new servers",
    )
    max_deadline: Duration = Field(
        default=timedelta(seconds=30),
        ge=timedelta(milliseconds=100),
        le=timedelta(minutes=10),
        description="How long a call may run, whatever deadline its caller has set",
    )
    drain_delay: Duration = Field(
        default=timedelta(0),
        ge=timedelta(0),
        le=timedelta(minutes=5),
        description="How long SIGTERM keeps serving, as NOT_SERVING, until balancers have noticed; 5s behind one",
    )
    grace: Duration = Field(
        default=timedelta(seconds=10),
        ge=timedelta(0),
        le=timedelta(minutes=5),
        description="How long running calls may go on after that",
    )

    # Logs.
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="Form of the log lines on stderr; auto is console on a terminal, else json"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least level that is logged; calls are logged as info or above"
    )

    # Metrics.
    metrics_host: str = Field(
        default="127.0.0.1", min_length=1, description="Address to serve Prometheus metrics on; 0.0.0.0 for all"
    )
    metrics_port: int = Field(
        default=0,
        ge=0,
        le=65_535,
        description="Port of the metrics; 0 for none. Of several processes each takes the next port",
    )
    fleet_interval: Duration = Field(
        default=timedelta(seconds=30),
        ge=timedelta(seconds=1),
        le=timedelta(days=1),
        description="Time between two counts of queued workflows for the metrics",
    )

    @model_validator(mode="after")
    def _check_timeouts(self) -> Self:
        # Each limit lies within the next, or the inner one would never be reached.
        if self.lock_timeout_ms >= self.statement_timeout_ms:
            raise ValueError(f"{PREFIX}LOCK_TIMEOUT_MS must be below {PREFIX}STATEMENT_TIMEOUT_MS")
        return self

    def require_database_url(self) -> str:
        """Return the URL of the database. Raises SettingsError without one."""
        if self.database_url is None:
            raise SettingsError(
                f"{PREFIX}DATABASE_URL is not set: it names DBOS's system database, as in"
                " postgresql://user:password@host:5432/my_app_dbos_sys."
                f" {PREFIX}DATABASE_URL_FILE may name a file that holds it."
            )
        return self.database_url.get_secret_value()


class SettingDescription(NamedTuple):
    """One row of the README's table of settings."""

    name: str
    kind: str
    bounds: str
    default: str
    description: str


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment makes. Raises SettingsError, which names every problem."""
    environment = os.environ if environment is None else environment
    given = {
        name: value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value and not _is_service_link(name, value)
    }
    problems = [_unknown(name) for name in sorted(given.keys() - _VARIABLES.keys() - {_DATABASE_URL_FILE})]
    values: dict[str, object] = {_VARIABLES[name]: value for name, value in given.items() if name in _VARIABLES}
    try:
        if _DATABASE_URL_FILE in given:
            values["database_url"] = _read_url_file(given)
    except SettingsError as error:
        problems.append(str(error))
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problems += [_describe(details["loc"], details["msg"], given) for details in error.errors()]
    else:
        if not problems:
            return settings
    raise SettingsError("\n".join(problems))


def describe_settings() -> Iterator[SettingDescription]:
    """Yield every setting, in the order of the README."""
    for field_name, field in Settings.model_fields.items():
        name = _variable(field_name)
        yield SettingDescription(name, _kind(field), _bounds(field), _show(field.default), field.description or "")
        if field_name == "database_url":
            description = "File that holds the URL, in place of DATABASE_URL"
            yield SettingDescription(_DATABASE_URL_FILE, "path", "", "", description)


def _variable(field_name: str) -> str:
    return f"{PREFIX}{field_name.rstrip('_').upper()}"


_VARIABLES: Final = {_variable(name): name for name in Settings.model_fields}
_DATABASE_URL_FILE: Final = f"{PREFIX}DATABASE_URL_FILE"
_SERVICE_LINK: Final = re.compile(rf"{PREFIX}(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)")


def _is_service_link(name: str, value: str) -> bool:
    """Tell the variables that Kubernetes sets for a Service named workflow-control: not meant for us.

    One of them, PORT, has the name of a setting, and a URL such as `tcp://10.0.0.1:50051` for its value.
    """
    return bool(_SERVICE_LINK.fullmatch(name)) or (name == f"{PREFIX}PORT" and "://" in value)


def _read_url_file(given: Mapping[str, str]) -> str:
    if f"{PREFIX}DATABASE_URL" in given:
        raise SettingsError(f"{PREFIX}DATABASE_URL and {_DATABASE_URL_FILE} are both set; set one.")
    path = Path(given[_DATABASE_URL_FILE])
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{_DATABASE_URL_FILE}: cannot read {str(path)!r}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{_DATABASE_URL_FILE}: {str(path)!r} is not text.") from error


def _unknown(name: str) -> str:
    closest = difflib.get_close_matches(name, [*_VARIABLES, _DATABASE_URL_FILE], n=1, cutoff=0.0)
    return f"{name} is not a setting; did you mean {closest[0]}?"


def _describe(location: tuple[int | str, ...], message: str, given: Mapping[str, str]) -> str:
    """Return a line for a failed validation: the variable, its value unless that is a secret, what is wrong."""
    message = message.removeprefix("Value error, ")
    if not location:
        return f"{message}."
    field_name = str(location[0])
    name = _variable(field_name)
    bounds = _bounds(Settings.model_fields[field_name])
    allowed = f" Allowed: {bounds}." if bounds else ""
    value = given.get(name)
    if field_name == "database_url" or value is None:
        return f"{name}: {message}.{allowed}"
    return f"{name} is {value!r}: {message}.{allowed}"


def _kind(field: FieldInfo) -> str:
    if field.annotation is timedelta:
        return "duration"
    if field.annotation is bool:
        return "true or false"
    return "number" if field.annotation is int else "text"


def _bounds(field: FieldInfo) -> str:
    low = next((_show(bound.ge) for bound in field.metadata if isinstance(bound, Ge)), None)
    high = next((_show(bound.le) for bound in field.metadata if isinstance(bound, Le)), None)
    if low is not None and high is not None:
        return f"{low} to {high}"
    choices = getattr(field.annotation, "__args__", ())
    return ", ".join(choices) if choices and all(isinstance(choice, str) for choice in choices) else ""


def _show(value: object) -> str:
    if isinstance(value, timedelta):
        return format_duration(value)
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, SecretStr):
        return ""
    return str(value)
