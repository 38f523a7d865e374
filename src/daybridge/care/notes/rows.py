"""What the queries of notes return."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.care.notes import rules


@dataclass(frozen=True, slots=True)
class IndexRow:
    """That a note is there: about what, when, by whom; not a word of it."""

    note_id: int
    client_id: int
    kind: str
    occurrence_id: int | None
    event_at: datetime
    over_at: datetime
    begun_at: datetime
    author_id: int
    author: str
    practice: str
    signed_at: datetime | None
    cosign_why: str
    cosigner_id: int | None
    cosign_due_at: datetime | None
    sent_back_at: datetime | None
    cosigned_at: datetime | None
    cosigned_as: str
    withdrawn_at: datetime | None
    due_at: datetime
    is_late: bool

    @property
    def title(self) -> str:
        """Return what the note is about."""
        return rules.TITLES[rules.Kind(self.kind)]

    @property
    def waits(self) -> bool:
        """Tell whether somebody else still has to sign."""
        return bool(self.cosign_why) and self.signed_at is not None and self.cosigned_at is None

    @property
    def is_apart(self) -> bool:
        """Tell whether this is a counselling note, kept apart."""
        return self.kind == rules.Kind.COUNSELLING


@dataclass(frozen=True, slots=True)
class CiteRow:
    """An objective that a line cites: its key in all versions of the plan, its words as signed."""

    key: str
    words: str
    problem: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Where a line was copied from, and whether it was changed afterwards."""

    note_id: int
    event_at: datetime
    changed: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """One of the four lines of a note."""

    key: str
    title: str
    text: str
    cites: tuple[CiteRow, ...]
    copied: CopyRow | None


@dataclass(frozen=True, slots=True)
class AddendumRow:
    """Words beside a signed note."""

    words: str
    signed_as: str
    added_at: datetime
    sends_back: bool


@dataclass(frozen=True, slots=True)
class WordsRow:
    """The words of a note, signed or on their way, with what was added."""

    note_id: int
    author_id: int
    lines: tuple[LineRow, ...]
    signed_as: str = ""
    addenda: tuple[AddendumRow, ...] = ()
    version: int = 0
    saved_at: datetime | None = None

    @property
    def texts(self) -> dict[str, str]:
        """Return the words by line."""
        return {line.key: line.text for line in self.lines}

    @property
    def cites(self) -> dict[str, list[str]]:
        """Return the objectives by line."""
        return {line.key: [one.key for one in line.cites] for line in self.lines}


@dataclass(frozen=True, slots=True)
class ApartRow:
    """A counselling note of the author."""

    note_id: int
    event_at: datetime
    words: str
    signed_as: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of a client that a note can document."""

    occurrence_id: int
    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    mine: bool
    noted: bool

    @property
    def about(self) -> str:
        """Return how the editor names this session."""
        return f"{rules.SESSION}{self.occurrence_id}"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A note that the viewer owes: a session without one, or one begun and not signed."""

    client_id: int
    note_id: int | None
    occurrence_id: int | None
    title: str
    event_at: datetime
    due_at: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class CosignRow:
    """A note that waits for the viewer's co-signature."""

    index: IndexRow
    client: str
    overdue: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class GroupWaits:
    """A group of which several notes wait for the viewer's co-signature."""

    occurrence_id: int
    count: int
    author: str
    event_at: datetime
    due_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class WithdrawalRow:
    """A note in the wrong chart: who has asked, what is still to decide."""

    withdrawal_id: int
    note_id: int
    client_id: int
    client: str
    kind: str
    event_at: datetime
    author_id: int
    author: str
    why: str
    asked_at: datetime
    supervisor: str
    privacy: str
    done_at: datetime | None
    copied_at: datetime | None
    breach: bool | None
    breach_why: str
    breach_by: str

    @property
    def title(self) -> str:
        """Return what the note was about."""
        return rules.TITLES[rules.Kind(self.kind)]


@dataclass(frozen=True, slots=True)
class CitingRow:
    """A signed note that cites an objective."""

    note_id: int
    event_at: datetime
    title: str
    author: str
    lines: tuple[str, ...]


def by_group(rows: list[CosignRow]) -> tuple[list[GroupWaits], list[CosignRow]]:
    """Return the groups of which several notes wait untouched, and the notes that stand alone."""
    together: dict[tuple[int, int], list[CosignRow]] = {}
    for one in rows:
        index = one.index
        if index.kind == rules.Kind.GROUP and index.occurrence_id and not index.sent_back_at:
            together.setdefault((index.occurrence_id, index.author_id), []).append(one)
    groups = {key: found for key, found in together.items() if len(found) > 1}
    known = {one.index.note_id for found in groups.values() for one in found}
    return (
        [GroupWaits(key[0], len(found), found[0].index.author, found[0].index.event_at,
                    found[0].index.cosign_due_at, any(one.overdue for one in found))
         for key, found in groups.items()],
        [one for one in rows if one.index.note_id not in known],
    )
