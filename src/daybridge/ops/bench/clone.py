"""Copies of people who were made through the commands, written by COPY.

A template's rows are read as text from every table about clients; a copy gets new keys,
its references follow, its times are moved. A table that a later version adds is copied too.
"""

import itertools
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
from django.apps import apps
from django.db import models

from daybridge.access.policy import is_about_a_client
from daybridge.access.rls import CLIENT_TABLE, class_of

Row = dict[str, str | None]
Change = Callable[[str, Row], None]
# made for each copy anew: they hang on sessions or on the name
MADE_ANEW = {
    "hours_attendance", "hours_checkin", "hours_shortweek", "intake_evaluationbooking",
    "people_identitytoken", "people_nametoken", "retention_attempt", "retention_outreach",
    "schedule_expected", "schedule_membership", "schedule_nocontact",
}


def client_tables() -> list[type[models.Model]]:
    """Return the models about clients whose rows are cloned."""
    return [
        model for model in apps.get_models()
        if model.__module__.startswith("daybridge.") and not hasattr(model, "pgh_tracked_model")
        and (data := class_of(model)) is not None and is_about_a_client(data)
        and model._meta.db_table not in MADE_ANEW
    ]


@dataclass(slots=True)
class Writer:
    """Rows that wait for their COPY, table by table."""

    connection: "psycopg.Connection[tuple[Any, ...]]"
    waiting: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)

    def add(self, table: str, row: Mapping[str, object]) -> None:
        """Keep a row."""
        self.waiting.setdefault(table, []).append(row)

    def flush(self) -> None:
        """Write what waits."""
        for table, rows in self.waiting.items():
            columns = list(rows[0])
            names = ", ".join(f'"{name}"' for name in columns)
            with self.connection.cursor() as cursor, cursor.copy(
                f"COPY {table} ({names}) FROM STDIN"  # names of our own tables
            ) as copy:
                for row in rows:
                    copy.write_row([row[name] for name in columns])
        self.waiting.clear()


class Templates:
    """The rows of some clients, ready to be copied."""

    def __init__(
        self, connection: "psycopg.Connection[tuple[Any, ...]]", clients: list[int]
    ) -> None:
        self.models = {model._meta.db_table: model for model in client_tables()}
        self.ids = {table: itertools.count(_next_id(connection, model))
                    for table, model in self.models.items() if not _has_uuid(model)}
        self.rows: dict[int, list[tuple[str, Row]]] = {pk: [] for pk in clients}
        for table, model in self.models.items():
            column = "id" if table == CLIENT_TABLE else "client_id"
            for row in _as_text(connection, model, column, clients):
                self.rows[int(row[column] or 0)].append((table, row))
        self.admitted = {
            pk: datetime.fromisoformat(row["admitted_at"] or "")
            for pk, found in self.rows.items() for table, row in found if table == "placement_stay"
        }

    def copy(
        self, template: int, users: Mapping[str, int], shift: timedelta, change: Change
    ) -> Iterator[tuple[str, Row]]:
        """Yield a copy's rows, moved in time; `users` says who stands for whom."""
        keys = {
            (table, row["id"]): self._key(table) for table, row in self.rows[template]
        }
        for table, row in self.rows[template]:
            made = dict(row)
            for one in self.models[table]._meta.concrete_fields:
                value = made[str(one.column)]
                if value is not None:
                    made[str(one.column)] = self._value(table, one, value, keys, users, shift)
            change(table, made)
            yield table, made

    def _key(self, table: str) -> str:
        return str(next(self.ids[table])) if table in self.ids else str(uuid.uuid4())

    def _value(
        self, table: str, one: "models.Field[Any, Any]", value: str,
        keys: Mapping[tuple[str, str | None], str], users: Mapping[str, int], shift: timedelta,
    ) -> str:
        if one.primary_key:
            return keys[table, value]
        if one.related_model is not None:
            target = one.related_model._meta.db_table
            if target == "access_user":
                return str(users.get(value, value))
            return keys.get((target, value), value)
        if table == "tasks_task" and one.name == "source_id":
            client = next(new for (name, _), new in keys.items() if name == CLIENT_TABLE)
            return f"{value}.{client}"  # the same source opens a task once
        if one.name == "object_id" or (table == "planning_problem" and one.name == "need_id"):
            return next((new for (_, old), new in keys.items() if old == value), value)
        return _moved(one, value, shift)


def reset_sequences(connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
    """Let every table's next key follow its highest."""
    for model in apps.get_models():
        table = model._meta.db_table
        if model.__module__.startswith("daybridge.") and isinstance(model._meta.pk, models.AutoField):
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f"(SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"
            )


def _moved(one: "models.Field[Any, Any]", value: str, shift: timedelta) -> str:
    if isinstance(one, models.DateTimeField):
        return (datetime.fromisoformat(value) + shift).isoformat()
    if isinstance(one, models.DateField) and one.name != "birth_date":
        return (date.fromisoformat(value) + timedelta(days=shift.days)).isoformat()
    return value


def _as_text(
    connection: "psycopg.Connection[tuple[Any, ...]]", model: type[models.Model], column: str,
    clients: Iterable[int],
) -> Iterator[Row]:
    columns = [str(one.column) for one in model._meta.concrete_fields]
    wanted = ", ".join(f'"{name}"::text' for name in columns)
    rows = connection.execute(
        f"SELECT {wanted} FROM {model._meta.db_table} WHERE {column} = ANY(%s)",
        [list(clients)],
    )
    for row in rows:
        yield dict(zip(columns, row, strict=True))


def _next_id(connection: "psycopg.Connection[tuple[Any, ...]]", model: type[models.Model]) -> int:
    found = connection.execute(
        f"SELECT coalesce(max(id), 0) + 1 FROM {model._meta.db_table}"
    ).fetchone()
    return int(found[0]) if found else 1


def _has_uuid(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.UUIDField)
