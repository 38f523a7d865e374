"""Finding people: by the beginning of any name or number, and look-alikes."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.clinic.people import rules
from daybridge.clinic.people.models import ClientIdentity, ContactPoint
from daybridge.clinic.people.queries import names
from daybridge.clinic.people.queries_same import folded
from daybridge.kernel import text


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found by the search."""

    client_id: int
    name: str
    found_by: str


@query(Can.SEE_NAMES)
def search(viewer: Actor, /, *, words: str, limit: int = 12) -> list[Hit]:
    """Find people by the beginning of any name, or of a telephone number.

    Legal names and numbers are looked at only for those who may know them; row-level
    security leaves out everybody the viewer may not see.
    """
    wanted = text.words(words)
    digits = rules.digits(words)
    hits: dict[int, str] = {}
    if len(digits) >= rules.SHORTEST_NUMBER and may(viewer, Can.SEE_CONTACT):
        for pk in _by_prefix("people_contactpoint", "folded", [digits], limit):
            hits.setdefault(pk, "telephone")
    if wanted:
        for pk in _by_prefix("people_nametoken", "word", wanted, limit):
            hits.setdefault(pk, "name")
        if may(viewer, Can.SEE_IDENTITY):
            for pk in _by_prefix("people_identitytoken", "word", wanted, limit):
                hits.setdefault(pk, "legal name")
    hits = _kept(viewer, hits)
    known = names(viewer, of=set(hits))
    found = [Hit(pk, known[pk], by) for pk, by in hits.items() if pk in known]
    return sorted(found, key=lambda hit: (hit.name.casefold(), hit.client_id))[:limit]


@query(Can.SEE_IDENTITY)
def look_alikes(
    viewer: Actor, /, *, name: str, birth_date: date | None, phone: str = ""
) -> list[Hit]:
    """Return people who may be the same person: asked before somebody is written down twice."""
    hits: dict[int, str] = {}
    skeletons = [text.skeleton(word) for word in text.words(name)]
    if birth_date is not None:
        born = ClientIdentity.objects.filter(birth_date=birth_date).values_list(
            "client_id", flat=True
        )
        for pk in born[:_MANY]:
            hits.setdefault(pk, "same date of birth")
    if skeletons:
        for pk in _by_skeletons(skeletons):
            hits.setdefault(pk, "a name that looks the same")
    folded = rules.fold_contact("phone", phone) if phone else ""
    if len(folded) >= rules.SHORTEST_NUMBER:
        same = ContactPoint.objects.filter(folded=folded).values_list("client_id", flat=True)
        for pk in same[:_MANY]:
            hits[pk] = "same telephone"
    hits = _kept(viewer, hits)
    known = names(viewer, of=set(hits))
    return [Hit(pk, known[pk], why) for pk, why in hits.items() if pk in known][:_SHOWN]


def _kept(viewer: Actor, hits: dict[int, str]) -> dict[int, str]:
    """Lead from a chart that is folded into another to the one that is kept."""
    into = folded(viewer) if hits else {}
    found = {pk: why for pk, why in hits.items() if pk not in into}
    for pk, why in hits.items():
        if pk in into:
            found.setdefault(into[pk], f"{why} of another chart")
    return found


_MANY = 50
_SHOWN = 8


def _by_prefix(table: str, column: str, words: list[str], limit: int) -> list[int]:
    """Return clients with a row for each word's beginning; range comparison uses the index."""
    part = f"SELECT client_id FROM {table} WHERE {column} >= %s AND {column} < %s"  # noqa: S608
    sql = " INTERSECT ".join([part] * len(words)) + f" LIMIT {int(limit) * 4}"
    bounds = [bound for word in words for bound in (word, word + "\U0010ffff")]
    with connection.cursor() as cursor:
        cursor.execute(sql, bounds)
        return [row[0] for row in cursor.fetchall()]


def _by_skeletons(skeletons: list[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT client_id FROM people_identitytoken WHERE skeleton = ANY(%s) "
            "GROUP BY client_id HAVING count(DISTINCT skeleton) >= %s LIMIT %s",
            [skeletons, len(set(skeletons)), _MANY],
        )
        return [row[0] for row in cursor.fetchall()]
