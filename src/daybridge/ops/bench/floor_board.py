"""The floor's hours board: rows by hand, the make-up rules are the program's own."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from daybridge.care.hours import board as rules
from daybridge.care.hours import makeups
from daybridge.care.hours.rules import COUNTS
from daybridge.ops.bench import floor_sql as sql

PHP_DAY_MINUTES = 360


def board(
    connection: "psycopg.Connection[dict[str, Any]]", at: datetime, zone: ZoneInfo,
    client: int | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of the week, worst first."""
    today = at.astimezone(zone).date()
    first = today - timedelta(days=today.weekday())
    week: dict[str, Any] = {"first": first, "last": first + timedelta(days=6), "at": at, "one": client}
    rows = connection.execute(sql.IN_CARE, week).fetchall()
    week["clients"] = [row["client_id"] for row in rows]
    seats = connection.execute(sql.SEATS, week).fetchall()
    attended = connection.execute(sql.ATTENDED, week).fetchall()
    free = connection.execute(sql.FREE, week).fetchall()
    apart = connection.execute(sql.NOT_TOGETHER, {"ids": [one["id"] for one in free]}).fetchall()
    candidates = [_candidate(one) for one in free]
    titles = {one["id"]: one["title"] for one in free}
    for row in rows:
        _fill(row, seats, attended, candidates, apart, at)
        row["titles"] = titles
    return sorted(rows, key=lambda row: (rules.WORST_FIRST[row["week"].state],
                                         -row["week"].missing, row["name"]))


def _candidate(one: dict[str, Any]) -> makeups.Candidate:
    return makeups.Candidate(
        one["id"], (one["starts_at"], one["ends_at"]), one["day"], one["capacity"] - one["taken"],
        frozenset(one["levels"]), one["language"], one["gender"], COUNTS.get(one["service"], False),
        leader_licensed=True,
    )


def _fill(
    row: dict[str, Any], seats: list[dict[str, Any]], attended: list[dict[str, Any]],
    candidates: list[makeups.Candidate], apart: list[dict[str, Any]], at: datetime,
) -> None:
    pk = row["client_id"]
    mine = [one for one in seats if one["client_id"] == pk]
    was = {one["occurrence_id"]: one for one in attended if one["client_id"] == pk}
    ahead = [one for one in mine if one["id"] not in was and one["ends_at"] > at]
    planned: dict[Any, int] = {}
    for one in was.values():
        planned[one["day"]] = planned.get(one["day"], 0) + one["minutes"]
    booked = 0
    for one in ahead:
        minutes = int((one["ends_at"] - one["starts_at"]).total_seconds()) // 60
        booked += minutes
        planned[one["day"]] = planned.get(one["day"], 0) + minutes
    wish = makeups.Wish(
        pk, row["level"], frozenset([row["language"] or "en", *(row["other_languages"] or "").split()]),
        row["gender"] or "", [(one["starts_at"], one["ends_at"]) for one in mine], planned,
        frozenset(), frozenset(one["id"] for one in mine)
        | frozenset(one["occurrence_id"] for one in apart if one["client_id"] == pk),
    )
    fits = makeups.fitting(candidates, wish, now=at, php_day_minutes=PHP_DAY_MINUTES)
    row["week"] = rules.Week(
        int((row["hours"] or 9) * 60), sum(one["minutes"] for one in was.values()), booked,
        makeups.most(fits, wish, php_day_minutes=PHP_DAY_MINUTES),
    )
    row["makeups"] = fits[:3] if row["week"].missing else []
