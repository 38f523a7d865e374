"""Reading text packs and timings: the wording a site has added, which instruments when."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.instruments import rules_due
from daybridge.care.instruments.known import by_name, instruments
from daybridge.care.instruments.library import Pack, with_text
from daybridge.care.instruments.models import TextPack, Timing
from daybridge.care.instruments.rules_shape import Instrument


@dataclass(frozen=True, slots=True)
class PackRow:
    """A text pack: whose words, from where, under which licence."""

    name: str
    language: str
    source: str
    digest: str
    licence_words: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class TimingRow:
    """A timing in force, since when, and who chose it."""

    timing: rules_due.Timing
    title: str
    effective_on: date | None
    entered_at: datetime | None


@query(Can.SEE_LIBRARY)
def shown(viewer: Actor, /, *, name: str, language: str) -> Instrument:
    """Return an instrument with the words that may be shown in a language."""
    instrument = by_name(name)
    if instrument.licence.kind == "OWN":
        return instrument
    packs = TextPack.objects.filter(name=name, language__in={language, "en"}).order_by("pk")
    for pack in packs:
        instrument = with_text(instrument, _pack(pack))
    return instrument


@query(Can.SEE_LIBRARY)
def offered_in(viewer: Actor, /, *, language: str) -> frozenset[str]:
    """Return the instruments that clients may fill alone in a language: their words are here."""
    packed = set(TextPack.objects.filter(language=language).values_list("name", flat=True))
    return frozenset(
        name for name, one in instruments().items()
        if "self" in one.administered_by and (one.may_be_shown(language) or name in packed)
    )


@query(Can.SEE_LIBRARY)
def packs(viewer: Actor, /) -> list[PackRow]:
    """Return the packs in use, one a name and language, the newest."""
    rows = TextPack.objects.order_by("name", "language", "-pk").distinct("name", "language")
    return [PackRow(row.name, row.language, row.source, row.digest, row.licence_words, row.added_at)
            for row in rows]


@query(Can.SEE_LIBRARY)
def timings(viewer: Actor, /, *, on: date) -> dict[str, rules_due.Timing]:
    """Return which instruments are due when, as it is in force on a day."""
    own = [(row.effective_on, _timing(row)) for row in Timing.objects.order_by("effective_on", "pk")]
    return rules_due.in_force(instruments(), own, on)


@query(Can.SEE_LIBRARY)
def timing_rows(viewer: Actor, /, *, on: date) -> list[TimingRow]:
    """Return every instrument's timing on a day: those due by themselves first, by title."""
    rows = Timing.objects.filter(effective_on__lte=on).order_by("effective_on", "pk")
    newest = {row.instrument: row for row in rows}
    found = []
    for name, instrument in instruments().items():
        row = newest.get(name)
        timing = _timing(row) if row else rules_due.DEFAULTS.get(name, rules_due.Timing(name))
        found.append(TimingRow(timing, instrument.title.get("en", name),
                               row.effective_on if row else None, row.entered_at if row else None))
    return sorted(found, key=lambda one: (not one.timing.is_set, one.title))


def _pack(row: TextPack) -> Pack:
    return Pack(
        instrument=row.name, language=row.language, source=row.source, digest=row.digest,
        copyright=row.content.get("copyright", ""), items=row.content["items"],
        options=row.content["options"],
    )


def _timing(row: Timing) -> rules_due.Timing:
    return rules_due.Timing(
        row.instrument, at_admission=row.at_admission, every=row.every_days,
        at_discharge=row.at_discharge, levels=frozenset(row.levels), source=row.source,
    )
