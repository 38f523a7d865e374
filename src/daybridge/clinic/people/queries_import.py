"""What tells people apart, of everybody at once: asked before a file adds people."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query, require


@dataclass(frozen=True, slots=True)
class Record:
    """Names, birth date and folded numbers and addresses of one person."""

    client_id: int
    preferred_name: str
    legal_names: tuple[str, ...]
    birth_date: date | None
    contacts: frozenset[str]


@query(Can.SEE_IDENTITY)
def everybody(viewer: Actor, /) -> list[Record]:
    """Return what tells people apart, of everybody the viewer may see, in one query."""
    require(viewer, Can.SEE_CONTACT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.preferred_name, i.legal_name, i.former_names, i.birth_date, "
            "ARRAY(SELECT folded FROM people_contactpoint p WHERE p.client_id = c.id) "
            "FROM people_client c JOIN people_clientidentity i ON i.client_id = c.id ORDER BY c.id"
        )
        return [
            Record(pk, preferred, tuple(name for name in (legal, former) if name), born,
                   frozenset(folded))
            for pk, preferred, legal, former, born, folded in cursor.fetchall()
        ]
