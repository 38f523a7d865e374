"""Reading about people."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.access.models import TeamMember
from daybridge.clinic.people import rules
from daybridge.clinic.people.models import (
    Client,
    ClientIdentity,
    ClientProfile,
    ContactPoint,
    Licence,
    Staff,
    Supporter,
)
from daybridge.kernel import text


@dataclass(frozen=True, slots=True)
class ClientName:
    """What a client is called."""

    client_id: int
    name: str
    pronouns: str
    version: int


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """Legal name and date of birth."""

    legal_name: str
    former_names: str
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One channel and what is allowed on it."""

    contact_id: int
    kind: str
    value: str
    may_call: bool
    may_text: bool
    may_leave_voicemail: bool
    safe_at_home: str


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """Language, culture, faith, gender as the client wishes them known."""

    language: str
    other_languages: str
    needs_interpreter: bool
    gender: str
    culture: str
    faith: str


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """Somebody who helps."""

    supporter_id: int
    name: str
    kind: str
    relation: str
    phone: str
    is_safe: str


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """A licence; both ends included."""

    licence_id: int
    staff_id: int
    kind: str
    number: str
    state: str
    valid_from: date
    valid_until: date
    renewal_started_on: date | None
    may_be_in_charge: bool


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A member of staff with licences."""

    staff_id: int
    user_id: int
    name: str
    credential: str
    job: str
    phone: str
    languages: tuple[str, ...]
    deputy_id: int | None
    supervisor_id: int | None
    licences: tuple[LicenceRow, ...]

    @property
    def line(self) -> str:
        """Return the name with its credential."""
        return f"{self.name}, {self.credential}" if self.credential else self.name


@dataclass(frozen=True, slots=True)
class TeamRow:
    """Somebody on a client's team."""

    user_id: int
    part: str
    name: str
    credential: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found by the search."""

    client_id: int
    name: str
    found_by: str


@query(Can.SEE_NAMES)
def name_of(viewer: Actor, /, *, client_id: int) -> ClientName:
    """Return what a client is called."""
    row = Client.objects.get(pk=client_id)
    return ClientName(row.pk, row.preferred_name, row.pronouns, row.version)


@query(Can.SEE_NAMES)
def names(viewer: Actor, /, *, of: set[int]) -> dict[int, str]:
    """Return the names of those of these clients whom the viewer may see."""
    return dict(Client.objects.filter(pk__in=of).values_list("pk", "preferred_name"))


@query(Can.SEE_IDENTITY)
def identity_of(viewer: Actor, /, *, client_id: int) -> IdentityRow:
    """Return legal name and date of birth."""
    row = ClientIdentity.objects.get(client_id=client_id)
    return IdentityRow(row.legal_name, row.former_names, row.birth_date)


@query(Can.SEE_CONTACT)
def contact_of(viewer: Actor, /, *, client_id: int) -> list[ContactRow]:
    """Return the channels in use, telephone first."""
    rows = ContactPoint.objects.filter(client_id=client_id, ended_at=None).order_by("-kind", "pk")
    return [
        ContactRow(
            row.pk,
            row.kind,
            row.value,
            row.may_call,
            row.may_text,
            row.may_leave_voicemail,
            row.safe_at_home,
        )
        for row in rows
    ]


@query(Can.SEE_DEMOGRAPHICS)
def profile_of(viewer: Actor, /, *, client_id: int) -> ProfileRow:
    """Return language, culture, faith and gender."""
    row = ClientProfile.objects.get(client_id=client_id)
    return ProfileRow(
        row.language,
        row.other_languages,
        row.needs_interpreter,
        row.gender,
        row.culture,
        row.faith,
    )


@query(Can.SEE_SUPPORTERS)
def supporters_of(viewer: Actor, /, *, client_id: int) -> list[SupporterRow]:
    """Return the people who help, by name."""
    rows = Supporter.objects.filter(client_id=client_id, ended_at=None).order_by("name", "pk")
    return [
        SupporterRow(row.pk, row.name, row.kind, row.relation, row.phone, row.is_safe)
        for row in rows
    ]


@query(Can.SEE_STAFF)
def staff(viewer: Actor, /) -> list[StaffRow]:
    """Return the staff by name, with their licences."""
    return _staff_rows(Staff.objects.filter(left_on=None).order_by("name", "pk"))


@query(Can.SEE_STAFF)
def staff_by_user(viewer: Actor, /, *, user_ids: set[int]) -> dict[int, StaffRow]:
    """Return staff rows by account."""
    return {row.user_id: row for row in _staff_rows(Staff.objects.filter(user_id__in=user_ids))}


@query(Can.SEE_TEAM)
def team_of(viewer: Actor, /, *, client_id: int) -> list[TeamRow]:
    """Return the client's team now."""
    rows = (
        TeamMember.objects.filter(client_id=client_id, until_at=None)
        .order_by("part", "pk")
        .values_list("user_id", "part", "user__staff__name", "user__staff__credential")
    )
    return [
        TeamRow(user_id, part, name or "", credential or "")
        for user_id, part, name, credential in rows
    ]


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
    known = names(viewer, of=set(hits))
    return [Hit(pk, known[pk], why) for pk, why in hits.items() if pk in known][:_SHOWN]


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


def _staff_rows(rows: object) -> list[StaffRow]:
    staff_rows = list(rows)  # type: ignore[call-overload]
    licences: dict[int, list[LicenceRow]] = {}
    found = Licence.objects.filter(staff__in=staff_rows).order_by("valid_until", "pk")
    for row in found:
        licences.setdefault(row.staff_id, []).append(
            LicenceRow(
                row.pk,
                row.staff_id,
                row.kind,
                row.number,
                row.state,
                row.valid_from,
                row.valid_until,
                row.renewal_started_on,
                row.may_be_in_charge,
            )
        )
    return [
        StaffRow(
            row.pk,
            row.user_id,
            row.name,
            row.credential,
            row.job,
            row.phone,
            tuple(row.languages.split()),
            row.deputy_id,
            row.supervisor_id,
            tuple(licences.get(row.pk, ())),
        )
        for row in staff_rows
    ]
