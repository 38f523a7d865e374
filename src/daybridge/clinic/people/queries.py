"""Reading about people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models.expressions import RawSQL

from daybridge.access import memory
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.models import TeamMember
from daybridge.clinic.people.models import (
    Client,
    ClientIdentity,
    ClientProfile,
    ContactPoint,
    Licence,
    Staff,
    Supervision,
    Supporter,
)


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
    verified_at: datetime | None


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
    user_id: int | None = None


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
        return _line(self.name, self.credential)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """Somebody on a client's team."""

    user_id: int
    part: str
    name: str
    credential: str


@query(Can.SEE_NAMES)
def name_of(viewer: Actor, /, *, client_id: int) -> ClientName:
    """Return what a client is called."""
    row = Client.objects.get(pk=client_id)
    return ClientName(row.pk, row.preferred_name, row.pronouns, row.version)


@query(Can.SEE_NAMES)
def names(viewer: Actor, /, *, of: set[int]) -> dict[int, str]:
    """Return the names of those of these clients whom the viewer may see."""
    return dict(Client.objects.filter(pk__in=of).values_list("pk", "preferred_name"))


@query(Can.SEE_NAMES)
def newest(viewer: Actor, /, *, limit: int = 30) -> list[ClientName]:
    """Return the people written down last whom the viewer may see."""
    once = RawSQL("SELECT other_id FROM people_folded()", ())
    rows = Client.objects.exclude(pk__in=once).order_by("-pk")[:limit]
    return [ClientName(row.pk, row.preferred_name, row.pronouns, row.version) for row in rows]


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
        ContactRow(row.pk, row.kind, row.value, row.may_call, row.may_text, row.may_leave_voicemail,
                   row.safe_at_home, row.verified_at)
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
        SupporterRow(row.pk, row.name, row.kind, row.relation, row.phone, row.is_safe, row.user_id)
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


@query(Can.SEE_STAFF)
def staff_names(viewer: Actor, /, *, user_ids: set[int]) -> dict[int, str]:
    """Return the names of staff by account."""
    return {row.user_id: row.name for row in _known(user_ids) if row.user_id in user_ids}


@query(Can.SEE_STAFF)
def staff_lines(viewer: Actor, /, *, user_ids: set[int]) -> dict[int, str]:
    """Return name and credential of staff by account."""
    return {row.user_id: _line(row.name, row.credential)
            for row in _known(user_ids) if row.user_id in user_ids}


@query(Can.SEE_STAFF)
def staff_line(viewer: Actor, /, *, staff_id: int) -> str:
    """Return name and credential of one member of staff ("" when there is none)."""
    found = [row for row in _known({staff_id}) if row.pk == staff_id]
    return _line(found[0].name, found[0].credential) if found else ""


class _Known(NamedTuple):
    pk: int
    user_id: int
    name: str
    credential: str


def _known(asked: set[int]) -> list[_Known]:
    """Return everybody of staff, read once a request: each panel of a page names some of them."""
    if not asked:
        return []
    return memory.once("people_staff", lambda: [
        _Known(*row) for row in Staff.objects.values_list(*_Known._fields).order_by()])


def _line(name: str, credential: str) -> str:
    return f"{name}, {credential}" if credential else name


@query(Can.SEE_STAFF)
def licensed_on(viewer: Actor, /, *, user_ids: set[int]) -> dict[int, list[tuple[date, date]]]:
    """Return the days (both included) of each person's licences; nobody without one is in it."""
    found: dict[int, list[tuple[date, date]]] = {}
    rows = Licence.objects.filter(staff__user_id__in=user_ids)
    for user_id, first, last in rows.values_list("staff__user_id", "valid_from", "valid_until"):
        found.setdefault(user_id, []).append((first, last))
    return found


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


def _staff_rows(rows: object) -> list[StaffRow]:
    staff_rows = list(rows)  # type: ignore[call-overload]
    licences: dict[int, list[LicenceRow]] = {}
    supervised = dict(
        Supervision.objects.filter(staff__in=staff_rows, until_day=None)
        .order_by("pk").values_list("staff_id", "supervisor_id")
    )
    found = Licence.objects.filter(staff__in=staff_rows).order_by("valid_until", "pk")
    for row in found:
        licences.setdefault(row.staff_id, []).append(
            LicenceRow(row.pk, row.staff_id, row.kind, row.number, row.state, row.valid_from,
                       row.valid_until, row.renewal_started_on, row.may_be_in_charge)
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
            supervised.get(row.pk),
            tuple(licences.get(row.pk, ())),
        )
        for row in staff_rows
    ]
