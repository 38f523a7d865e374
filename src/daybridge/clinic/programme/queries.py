"""Reading the house: programme, rooms, settings."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from daybridge.access import memory
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.clinic.programme import rules
from daybridge.clinic.programme.models import (
    Closure,
    DemoStory,
    Programme,
    Room,
    Setting,
    Site,
)
from daybridge.clinic.programme.rules_closing import ClosedPart


@dataclass(frozen=True, slots=True)
class House:
    """The programme as pages show it."""

    name: str
    kind: str
    phone: str
    crisis_phone: str
    address: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site and its clock."""

    site_id: int
    name: str
    zone: ZoneInfo
    closed_on: date | None = None

    def day(self, moment: datetime) -> date:
        """Return the site's local day of a moment."""
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room: seats, and whether it is a video room."""

    room_id: int
    site_id: int
    name: str
    seats: int
    is_video: bool
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting in force: value, source, since when, who looked at it."""

    key: str
    meaning: str
    unit: str
    value: int
    source: str
    effective_on: date | None
    looked_at_by: str
    looked_at_on: date | None
    lowest: int
    highest: int

    @property
    def words(self) -> str:
        """Return the value as people say it."""
        return rules.word(self.key, self.value)


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A day on which a site is closed, and why."""

    closure_id: int
    site_id: int
    site: str
    day: date
    reason: str
    part: ClosedPart


@query(Can.SEE_PROGRAMME)
def house(viewer: Actor, /) -> House | None:
    """Return the programme, or None in an empty database."""
    row = Programme.objects.first()
    return House(row.name, row.kind, row.phone, row.crisis_phone, row.address) if row else None


@query(Can.SEE_PROGRAMME)
def story_marks(viewer: Actor, /) -> dict[str, int | str]:
    """Return how far a demo's story has been lived; empty where there is none."""
    row = DemoStory.objects.first()
    return dict(row.marks) if row else {}


@query(Can.SEE_PROGRAMME)
def sites(viewer: Actor, /) -> list[SiteRow]:
    """Return the sites, those in use first, the oldest of them first: it sets the house's clock."""
    return [
        SiteRow(row.pk, row.name, ZoneInfo(row.time_zone), row.closed_on)
        for row in Site.objects.order_by(F("closed_on").desc(nulls_first=True), "pk")
    ]


@query(Can.SEE_PROGRAMME)
def rooms(viewer: Actor, /, *, on: date | None = None) -> list[RoomRow]:
    """Return the rooms by site and name; with a day, those in use on it."""
    rows = Room.objects.order_by("site_id", "name", "pk")
    if on is not None:
        still = Q(closed_on=None) | Q(closed_on__gt=on)
        rows = rows.filter(still, Q(site__closed_on=None) | Q(site__closed_on__gt=on))
    return [
        RoomRow(row.pk, row.site_id, row.name, row.seats, row.is_video, row.closed_on)
        for row in rows
    ]


@query(Can.SEE_PROGRAMME)
def closures(viewer: Actor, /, *, first: date, last: date) -> dict[int, dict[date, ClosedPart]]:
    """Return the closed days of each site between two days, both included, with what of each is closed."""
    found: dict[int, dict[date, ClosedPart]] = {}
    for row in Closure.objects.filter(day__range=(first, last)):
        found.setdefault(row.site_id, {})[row.day] = ClosedPart(row.from_clock, row.until_clock)
    return found


@query(Can.SEE_PROGRAMME)
def closure_list(viewer: Actor, /, *, first: date) -> list[ClosureRow]:
    """Return the closed days from a day on, soonest first."""
    rows = Closure.objects.filter(day__gte=first).select_related("site").order_by("day", "site_id")
    return [ClosureRow(row.pk, row.site_id, row.site.name, row.day, row.reason,
                       ClosedPart(row.from_clock, row.until_clock)) for row in rows]


@query(Can.SEE_PROGRAMME)
def setting(viewer: Actor, /, *, key: str, on: date) -> int:
    """Return the value of a setting in force on a day."""
    return rules.value_on(on, _settings().get(key, []), key)


@query(Can.SEE_PROGRAMME)
def texts_were_read(viewer: Actor, /, *, language: str, on: date) -> bool:
    """Tell whether a named person has read the drafted texts of a language and put it in force."""
    key = f"{language}_texts_read"
    newest = Setting.objects.filter(key=key, effective_on__lte=on).order_by("-effective_on").first()
    return newest is not None and newest.value == 1 and bool(newest.looked_at_by)


def _settings() -> dict[str, list[tuple[date, int]]]:
    """Return every value that was ever set, by key; read once for a request."""
    def read() -> dict[str, list[tuple[date, int]]]:
        found: dict[str, list[tuple[date, int]]] = {}
        for key, on, value in Setting.objects.values_list("key", "effective_on", "value"):
            found.setdefault(key, []).append((on, value))
        return found

    return memory.once("settings", read)


@query(Can.SEE_PROGRAMME)
def all_settings(viewer: Actor, /, *, on: date) -> list[SettingRow]:
    """Return every setting in force on a day, ours and the programme's."""
    newest = {
        row.key: row
        for row in Setting.objects.filter(effective_on__lte=on).order_by("effective_on")
    }
    return [_setting_row(choice, newest.get(key)) for key, choice in rules.CHOICES.items()]


@query(Can.SEE_PROGRAMME)
def setting_history(viewer: Actor, /, *, key: str) -> list[SettingRow]:
    """Return every value this setting has had or will have, the latest first."""
    choice = rules.choice(key)
    rows = Setting.objects.filter(key=key).order_by("-effective_on", "-pk")
    return [*(_setting_row(choice, row) for row in rows), _setting_row(choice, None)]


def _setting_row(choice: rules.Choice, row: Setting | None) -> SettingRow:
    return SettingRow(
        key=choice.key,
        meaning=choice.meaning,
        unit=choice.unit,
        value=row.value if row else choice.default,
        source=row.source if row else choice.source,
        effective_on=row.effective_on if row else None,
        looked_at_by=row.looked_at_by if row else "",
        looked_at_on=row.looked_at_on if row else None,
        lowest=choice.lowest,
        highest=choice.highest,
    )
