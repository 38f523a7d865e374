"""Computing measures from facts: SQL over the records that the work leaves behind.

Reads run as `system:measures`, so that a figure is the same for everybody who may see it;
names are resolved by the page under the viewer's own rights. Each query returns one row a
case: client, counted or not, and why not; further columns by name (see `Case`), `left_out`
says why the definition leaves a case out. `[[moment]]` is the local day
of a moment. Source of the definitions: MEASURES.md.
"""

import re
from typing import Any

from django.db import connection

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import require
from daybridge.access.policy import Role
from daybridge.care.hours.rules import COUNTS
from daybridge.care.schedule.queries import zone
from daybridge.clinic.people.queries_same import folded
from daybridge.clinic.programme.queries import setting
from daybridge.clinic.programme.rules import LEVELS
from daybridge.quality.measure import Case, Reading, Window

SETTINGS = ("iop_week_hours", "php_day_hours", "plan_review_days", "silent_days", "stay_days",
            "caseload", "need_answer_days", "referral_loop_days")
FIRST = 3  # columns that every query has
LOCAL_DAY = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
FOLDED = "folded into another chart of the same person"
MORE = ("units", "value", "due", "ended")


def cases(*sql: str) -> "Reader":
    """Return a function that reads one row a case: client_id, counted, note and more by name."""
    return Reader("".join(sql))


class Reader:
    """Runs one query of facts for a window."""

    def __init__(self, sql: str) -> None:
        self.sql = LOCAL_DAY.sub(r"((\1) AT TIME ZONE %(zone)s)::date", sql)

    def __call__(self, viewer: Actor, window: Window) -> Reading:
        """Return the cases of the window."""
        require(viewer, Can.SEE_QUALITY)
        measures = system(Role.MEASURES)
        with identity.acting(measures), connection.cursor() as cursor:
            cursor.execute(self.sql, _parameters(measures, window))
            names = [column.name for column in cursor.description]
            rows = cursor.fetchall()
            twice = folded(measures)
        found: dict[bool, list[Case]] = {False: [], True: []}
        for row in rows:
            more = dict(zip(names[FIRST:], row[FIRST:], strict=True))
            left_out = more.pop("left_out", None) or (FOLDED if row[0] in twice else "")
            found[bool(left_out)].append(_case(row, more, left_out))
        return Reading(tuple(found[False]), tuple(found[True]))


def _case(row: tuple[Any, ...], more: dict[str, Any], left_out: str) -> Case:
    known = {name: more[name] for name in MORE if more.get(name) is not None}
    for name in ("value", "due"):
        if name in known:
            known[name] = float(known[name])
    note = left_out or row[2] or ""
    return Case(row[0], bool(row[1]) and not left_out, note, **known)


def _parameters(actor: Actor, window: Window) -> dict[str, Any]:
    chosen = {key: setting(actor, key=key, on=window.last) for key in SETTINGS}
    return {"first": window.first, "last": window.last, "now": window.now,
            "zone": zone(actor).key, "levels": list(LEVELS),
            "iop_most_hours": LEVELS["iop"].week_hours[1],
            "formal": [service for service, counts in COUNTS.items() if counts], **chosen}
