"""Computing measures from facts: SQL over the records that the work leaves behind.

Reads run as `system:measures`, so that a figure is the same for everybody who may see it;
names are resolved by the page under the viewer's own rights. Each query returns one row a
case: client, counted or not, and why not. Source of the definitions: MEASURES.md.
"""

from django.db import connection

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import require
from daybridge.access.policy import Role
from daybridge.quality.measure import Case, Reading, Window


def cases(sql: str) -> "Reader":
    """Return a function that reads one row a case: client_id, counted, note."""
    return Reader(sql)


class Reader:
    """Runs one query of facts for a window."""

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def __call__(self, viewer: Actor, window: Window) -> Reading:
        """Return the cases of the window."""
        require(viewer, Can.SEE_QUALITY)
        with identity.acting(system(Role.MEASURES)), connection.cursor() as cursor:
            cursor.execute(self.sql, {"first": window.first, "last": window.last, "now": window.now})
            rows = cursor.fetchall()
        return Reading(tuple(Case(row[0], bool(row[1]), row[2] or "") for row in rows))
