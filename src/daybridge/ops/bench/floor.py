"""The floor: the same pages by hand, as fast as one would write them without a framework.

A WSGI program of its own: psycopg, session look-up, signed identity and row-level security,
the least SQL, one Jinja2 template a page. The rules of hours are the program's own: they are
the work itself. It shares the server, the workers and the database with the pages it is
held against.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import django
import jinja2
import psycopg
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from daybridge.access import clock  # noqa: E402
from daybridge.access.actors import Actor, system  # noqa: E402
from daybridge.access.identity import sign  # noqa: E402
from daybridge.access.policy import Role  # noqa: E402
from daybridge.ops.bench import floor_sql as sql  # noqa: E402
from daybridge.ops.bench.floor_board import board  # noqa: E402
from daybridge.ops.demo_house import ZONE  # noqa: E402

Connection = psycopg.Connection[dict[str, Any]]
_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True,
    auto_reload=False,
)
_ENTRY = settings.DATABASES["default"]
_POOL: ConnectionPool[Connection] = ConnectionPool(
    psycopg.conninfo.make_conninfo(**{
        key: str(_ENTRY[name]) for key, name in (
            ("host", "HOST"), ("port", "PORT"), ("user", "USER"), ("dbname", "NAME"),
            ("password", "PASSWORD"))
    }),
    kwargs={"row_factory": dict_row}, min_size=1, max_size=4,
)
_SIGN_IN, _ZONE = system(Role.SIGN_IN), ZoneInfo(ZONE)


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request in one transaction, as the person of the session."""
    at = clock.now()
    with _POOL.connection() as connection, connection.transaction():
        actor = _signed_in(connection, environ, at)
        status, headers, body = _answer(connection, actor, at, environ)
    start(status, [("Content-Type", "text/html; charset=utf-8"), *headers])
    return [body]


def _signed_in(connection: Connection, environ: dict[str, Any], at: datetime) -> Actor:
    _act(connection, _SIGN_IN, at)
    key = environ.get("HTTP_COOKIE", "").split("session=")[1].split(";")[0]
    session = connection.execute(sql.SESSION, [key]).fetchone()
    user_id = int(SessionStore().decode(session["session_data"] if session else "")["_auth_user_id"])
    user = connection.execute(sql.USER, [user_id]).fetchone() or {}
    actor = Actor(user_id, frozenset(Role(role) for role in user["roles"]), user["name"])
    _act(connection, actor, at)
    return actor


def _act(connection: Connection, actor: Actor, at: datetime) -> None:
    token = sign(actor, at, pid=connection.info.backend_pid)
    connection.execute("SELECT set_config('daybridge.identity', %s, true)", [token])


def _answer(
    connection: Connection, actor: Actor, at: datetime, environ: dict[str, Any]
) -> tuple[str, list[tuple[str, str]], bytes]:
    path = environ["PATH_INFO"].strip("/").split("/")
    client = int(path[1]) if path[0] == "clients" else None
    connection.execute(sql.AUDIT, {
        "at": at, "outcome": "read", "me": actor.user_id, "roles": "counsellor", "act": path[0],
        "client": client, "once": f"floor:{path}:{int(at.timestamp()) // 600}",
    })
    if environ["REQUEST_METHOD"] == "POST":
        return _save(connection, actor, at, int(path[1]), environ)
    words = parse_qs(environ.get("QUERY_STRING", "")).get("q", [""])[0]
    find: dict[str, Callable[[], dict[str, Any]]] = {
        "today": lambda: _today(connection, actor, at),
        "clients": lambda: _chart(connection, at, client or 0),
        "plan": lambda: _of_client(connection, client, sql.WHO, sql.EDITOR, sql.NEEDS, sql.REASONS,
                                   sql.VERSIONS, at=at),
        "instruments": lambda: _of_client(connection, client, sql.WHO, sql.FORMS, at=at),
        "hours": lambda: {"rows": board(connection, at, _ZONE)},
        "find": lambda: {"hits": connection.execute(sql.FIND, {
            "low": words, "high": words + "\U0010ffff"}).fetchall()},
    }
    name = path[2] if len(path) > 2 else path[0]
    page = {**find[name](), "at": at.astimezone(_ZONE), "actor": actor,
            "on_call": connection.execute(sql.ON_CALL, {"at": at}).fetchone(),
            "key": uuid.uuid4()}
    return "200 OK", [], _PAGES.get_template(f"{name}.jinja").render(page).encode()


def _today(connection: Connection, actor: Actor, at: datetime) -> dict[str, Any]:
    day = at.astimezone(_ZONE).date()
    me = {"me": actor.user_id, "day": day, "at": at}
    slots = connection.execute(sql.MY_DAY, me).fetchall()
    for slot in slots:
        slot["now"] = slot["starts_at"] <= at < slot["ends_at"]
        if slot["now"]:
            slot["people"] = connection.execute(sql.ROSTER, {"one": slot["id"]}).fetchall()
    return {
        "slots": slots,
        "alerts": connection.execute(sql.ALERTS).fetchall(),
        "tasks": connection.execute(sql.TASKS, me).fetchall(),
        "outreach": connection.execute(sql.OUTREACH).fetchall(),
        "due": connection.execute(sql.DUE, me).fetchall(),
        "rows": board(connection, at, _ZONE),
    }


def _chart(connection: Connection, at: datetime, client: int) -> dict[str, Any]:
    one = {"one": client, "at": at, "since": at - timedelta(days=60), "day": at.date(),
           "until": at + timedelta(days=7)}
    return {
        "who": connection.execute(sql.WHO, one).fetchone(),
        "reasons": connection.execute(sql.REASONS, one).fetchall(),
        "needs": connection.execute(sql.NEEDS, one).fetchall(),
        "record": connection.execute(sql.RECORD, one).fetchall(),
        "plan": connection.execute(sql.PLAN, one).fetchall(),
        "people": connection.execute(sql.PEOPLE, one).fetchall(),
        "tasks": connection.execute(sql.CLIENT_TASKS, one).fetchall(),
        "events": connection.execute(sql.EVENTS, one).fetchall(),
        "weeks": connection.execute(sql.WEEKS, one).fetchall(),
        "rows": board(connection, at, _ZONE, client=client),
    }


def _of_client(
    connection: Connection, client: int | None, who: str, *statements: str, at: datetime
) -> dict[str, Any]:
    one = {"one": client, "at": at}
    return {"who": connection.execute(who, one).fetchone(),
            "parts": [connection.execute(statement, one).fetchall() for statement in statements]}


def _save(
    connection: Connection, actor: Actor, at: datetime, one: int, environ: dict[str, Any]
) -> tuple[str, list[tuple[str, str]], bytes]:
    form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
    connection.execute(sql.CLAIM, [uuid.UUID(form["_key"][0]), actor.user_id, environ["PATH_INFO"], at])
    held = connection.execute(sql.HELD, {"one": one}).fetchone() or {}
    if held["version"] != int(form["version"][0]):
        return "409 Conflict", [], b"Somebody else has saved."
    clients = [int(name.removeprefix("state-")) for name in form if name.startswith("state-")]
    minutes = int((held["ends_at"] - held["starts_at"]).total_seconds()) // 60
    connection.execute(sql.ATTEND, {
        "clients": clients, "one": one, "day": held["day"], "from": held["starts_at"],
        "until": held["ends_at"], "minutes": minutes, "me": actor.user_id, "at": at})
    connection.execute(sql.CLOSE, {"one": one, "at": at})
    for client in clients:
        connection.execute(sql.AUDIT, {
            "at": at, "outcome": "done", "me": actor.user_id, "roles": "counsellor",
            "act": "hours.take_attendance", "client": client, "once": None})
    return "302 Found", [("Location", environ["PATH_INFO"])], b""
