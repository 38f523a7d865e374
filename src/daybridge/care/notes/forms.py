"""Reading the note's editor, and giving it back as it was typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import QueryDict

from daybridge.care.notes import rules
from daybridge.care.notes.commands import NotReady, Typed
from daybridge.care.notes.rows import IndexRow, SessionRow, WordsRow
from daybridge.kernel.minutes import local
from daybridge.kernel.typed import day, whole

HINTS = {
    rules.Section.DATA: "What was said and done",
    rules.Section.ASSESSMENT: "How you see it, and how far the objectives are",
    rules.Section.RESPONSE: "How the client took it",
    rules.Section.PLAN: "What comes next, who does it",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The editor's fields: what it is about, when, four lines, objectives by line."""

    about: str
    when: str
    texts: dict[str, str]
    cites: dict[str, list[str]]
    practice: str = ""
    copied: dict[str, object] = field(default_factory=dict)

    @property
    def lines(self) -> list[dict[str, object]]:
        """Return the four lines as the page draws them."""
        return [
            {"key": key.value, "title": rules.SECTION_TITLES[key], "hint": HINTS[key],
             "text": self.texts.get(key, ""), "cites": self.cites.get(key, []),
             "copied": self.copied.get(key)}
            for key in rules.Section
        ]


def sheet_sent(sent: QueryDict) -> Sheet:
    """Return the editor's fields as they were sent."""
    return Sheet(
        sent.get("about", "")[:40], sent.get("when", "")[:40],
        {key.value: sent.get(key, "") for key in rules.Section},
        {key.value: sent.getlist(f"cite-{key}") for key in rules.Section},
        sent.get("practice", "")[:60],
    )


def sheet_of(index: IndexRow, words: WordsRow, zone: ZoneInfo) -> Sheet:
    """Return a saved draft as the editor's fields."""
    about = f"{rules.SESSION}{index.occurrence_id}" if index.occurrence_id else index.kind
    return Sheet(about, _local(index.event_at, zone), words.texts, words.cites, index.practice,
                 {line.key: line.copied for line in words.lines})


def empty_sheet(
    sessions: Sequence[SessionRow], asked: str, at: datetime, zone: ZoneInfo
) -> Sheet:
    """Return the editor for a new note: of the session that has none yet, or of a phone contact."""
    open_ones = [one for one in sessions if not one.noted]
    wanted = [one for one in open_ones if str(one.occurrence_id) == asked]
    first = next(iter(wanted or [one for one in open_ones if one.mine]), None)
    about = first.about if first else rules.Kind.PHONE.value
    return Sheet(about, _local(at, zone), {}, {})


def typed_from(sheet: Sheet, zone: ZoneInfo, at: datetime) -> Typed:
    """Return the note as commands take it, or say what about it can't be read."""
    if sheet.about.startswith(rules.SESSION):
        number = whole(sheet.about.removeprefix(rules.SESSION))
        return Typed("", number, at, sheet.texts, sheet.cites, sheet.practice)
    return Typed(sheet.about, None, moment_from(sheet.when, zone), sheet.texts, sheet.cites, sheet.practice)


def moment_from(sent: str, zone: ZoneInfo) -> datetime:
    """Return a day and a time of the site's wall clock as a moment."""
    on, _, clock = sent.strip().partition("T")
    found = day(on)
    try:
        at = time.fromisoformat(clock)
    except ValueError:
        at = None
    if found is None or at is None or at.tzinfo is not None:
        raise NotReady("Write the day and the time at which it happened.")
    return local(found, at, zone)


def expanded(sheet: Sheet, macros: dict[str, str]) -> Sheet:
    """Return the editor with its macros written out."""
    texts = {key: rules.expand(words, macros) for key, words in sheet.texts.items()}
    return Sheet(sheet.about, sheet.when, texts, sheet.cites, sheet.practice, sheet.copied)


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
