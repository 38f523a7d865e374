"""Adding text packs, and choosing which instruments are due when."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.instruments.commands_sheet import NotOffered
from daybridge.care.instruments.known import by_name
from daybridge.care.instruments.library import Pack
from daybridge.care.instruments.models import TextPack, Timing
from daybridge.care.instruments.rules_due import LEVELS, LONGEST
from daybridge.kernel import text


@command(Can.MANAGE_LIBRARY)
def add_pack(
    actor: Actor, /, *, pack: Pack, licence_words: str = "", at: datetime
) -> int:
    """Add the published words of an instrument; the same file twice is once.

    A licensed form needs the words of the licence that the site holds.
    """
    instrument = by_name(pack.instrument)
    words = text.tidy(licence_words)[:300]
    if instrument.licence.kind == "OWN":
        raise NotOffered("This instrument is in our own words: it takes no text pack.")
    if instrument.licence.kind == "LICENSED" and not words:
        raise NotOffered("This form is licensed. Write which licence your site holds, "
                         "since when and from whom.")
    row, _ = TextPack.objects.get_or_create(
        name=instrument.name, language=pack.language, digest=pack.digest,
        defaults={
            "source": text.tidy(pack.source)[:300], "licence_words": words, "added_at": at,
            "content": {"copyright": pack.copyright, "items": dict(pack.items),
                        "options": {name: dict(said) for name, said in pack.options.items()}},
            "added_by_id": actor.user_id,
        },
    )
    return row.pk


@command(Can.MANAGE_LIBRARY)
def set_timing(
    actor: Actor, /, *, name: str, at_admission: bool, every_days: int | None,
    at_discharge: bool, levels: list[str], source: str, effective_on: date, at: datetime,
) -> int:
    """Choose when an instrument is due, from a day on, with the reason."""
    instrument = by_name(name)
    words = text.tidy(source)[:300]
    if not words:
        raise NotOffered("Write why, or where it is said: somebody will ask.")
    if every_days is not None and not 1 <= every_days <= LONGEST:
        raise NotOffered(f"Every 1 to {LONGEST} days; empty for not regularly.")
    if not set(levels) <= set(LEVELS):
        raise NotOffered("Choose levels of the list.")
    return Timing.objects.create(
        instrument=instrument.name, at_admission=at_admission, every_days=every_days,
        at_discharge=at_discharge, levels=sorted(levels), source=words,
        effective_on=effective_on, entered_at=at, entered_by_id=actor.user_id or 0,
    ).pk
