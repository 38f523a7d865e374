"""Listing medicines and allergies, ending them, saying what a prescriber considers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.care.medicines import rules
from daybridge.care.medicines.models import Allergy, Asked, Considered, Medicine
from daybridge.clinic.programme.queries import sites
from daybridge.kernel import text

MISTAKE = "listed by mistake"


class NotPossible(ValueError):
    """The message says what to do instead."""


class KindNotSaid(NotPossible):
    """The name is not known and nobody said which kind of medicine it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A medicine as somebody says it. `classes`: None asks the name; "not_known" is an answer."""

    name: str
    dose: str = ""
    how_often: str = ""
    since: date | None = None
    prescriber: str = ""
    place: str = ""
    source: str = "client"
    as_prescribed: str = "not_asked"
    kind: str = ""


@command(Can.LIST_MEDICINE)
def list_medicine(actor: Actor, /, *, client_id: int, entry: Entry, at: datetime) -> int:
    """Write a medicine on the client's list; the same one twice is once."""
    name, today = _name(entry.name), sites(actor)[0].day(at)
    if entry.since is not None and entry.since > today:
        raise NotPossible("It begins in the future. Write it as considered until it is taken.")
    twin = Medicine.objects.filter(client_id=client_id, name__iexact=name, until=None,
                                   dose=text.tidy(entry.dose)[:120]).first()
    if twin is not None:
        return twin.pk
    row = Medicine.objects.create(
        client_id=client_id, name=name, classes=_classes(name, entry.kind),
        dose=text.tidy(entry.dose)[:120], how_often=text.tidy(entry.how_often)[:120],
        since=entry.since, prescriber=text.tidy(entry.prescriber)[:120],
        place=text.tidy(entry.place)[:120], source=entry.source, as_prescribed=entry.as_prescribed,
        entered_by_id=actor.user_id or 0, entered_at=at,
    )
    _asked(actor, client_id, "medicines", "some", at)
    return row.pk


@command(Can.LIST_MEDICINE)
def change_dose(
    actor: Actor, /, *, client_id: int, medicine_id: int, dose: str, how_often: str,
    from_day: date, version: int, at: datetime,
) -> int:
    """Go on with a medicine in another dose: the old line ends, a new one begins."""
    old = _open(client_id, medicine_id, version)
    if from_day > sites(actor)[0].day(at) or (old.since and from_day < old.since):
        raise NotPossible("The new dose begins after the old one did, and not in the future.")
    new = Medicine.objects.create(
        client_id=client_id, name=old.name, classes=old.classes, dose=text.tidy(dose)[:120],
        how_often=text.tidy(how_often)[:120], since=from_day, prescriber=old.prescriber,
        place=old.place, source=old.source, as_prescribed=old.as_prescribed, replaces=old,
        entered_by_id=actor.user_id or 0, entered_at=at,
    )
    _end(old, from_day, "dose changed")
    return new.pk


@command(Can.LIST_MEDICINE)
def end_medicine(
    actor: Actor, /, *, client_id: int, medicine_id: int, until: date, why: str, version: int,
    at: datetime,
) -> None:
    """End a medicine: it stays on the list of what was taken, with the reason."""
    row = _open(client_id, medicine_id, version)
    why = text.tidy(why)[:200]
    if not why:
        raise NotPossible("Say why it ends, in a few words.")
    if until > sites(actor)[0].day(at) or (row.since and until < row.since):
        raise NotPossible("The last day is not in the future, and not before the first one.")
    row.mistaken = why == MISTAKE
    _end(row, until, why)


def _open(client_id: int, medicine_id: int, version: int) -> Medicine:
    row = Medicine.objects.select_for_update().get(pk=medicine_id, client_id=client_id)
    if row.version != version:
        raise Conflict({"dose": row.dose, "how_often": row.how_often, "until": row.until or "",
                        "why": row.end_why}, version=row.version)
    if row.until is not None:
        raise NotPossible("This line has ended already. List the medicine anew.")
    return row


def _end(row: Medicine, until: date, why: str) -> None:
    row.until, row.end_why, row.version = until, why, row.version + 1
    row.save(update_fields=["until", "end_why", "mistaken", "version"])


@command(Can.LIST_MEDICINE)
def list_allergy(
    actor: Actor, /, *, client_id: int, to: str, reaction: str, severity: str, at: datetime
) -> int:
    """Write down what the client does not bear; the same once more is the same row."""
    name = _name(to)
    row = Allergy.objects.filter(client_id=client_id, to__iexact=name, ended_at=None).first()
    if row is None:
        row = Allergy(client_id=client_id, to=name, classes=_set(rules.classify(name)),
                      entered_by_id=actor.user_id or 0, entered_at=at)
    row.reaction, row.severity = text.tidy(reaction)[:200], rules.Severity(severity).value
    row.save()
    _asked(actor, client_id, "allergies", "some", at)
    return row.pk


@command(Can.LIST_MEDICINE)
def end_allergy(actor: Actor, /, *, client_id: int, allergy_id: int, why: str, at: datetime) -> None:
    """Take an allergy off the list: it was found to be none; the row stays."""
    words = text.tidy(why)[:200]
    if not words:
        raise NotPossible("Say how it was found that this is no allergy.")
    Allergy.objects.filter(pk=allergy_id, client_id=client_id, ended_at=None).update(
        ended_at=at, end_why=words)


@command(Can.LIST_MEDICINE)
def say_none(actor: Actor, /, *, client_id: int, what: str, at: datetime) -> None:
    """Write down that somebody asked for medicines or allergies, and there are none."""
    listed = (Medicine.objects.filter(client_id=client_id, until=None).exists() if what == "medicines"
              else Allergy.objects.filter(client_id=client_id, ended_at=None).exists())
    if listed:
        raise NotPossible(f"There are {what} on the list. End them first.")
    _asked(actor, client_id, what, "none", at)


@command(Can.LIST_MEDICINE)
def consider(
    actor: Actor, /, *, client_id: int, name: str, prescriber: str, here: bool, kind: str = "",
    at: datetime,
) -> int:
    """Write down that a prescriber thinks of starting a medicine; it is checked at once."""
    name, who = _name(name), text.tidy(prescriber)[:120]
    if not who:
        raise NotPossible("Say which prescriber thinks of it.")
    classes = _classes(name, kind)
    row, _ = Considered.objects.get_or_create(
        client_id=client_id, name=name, outcome="",
        defaults={"classes": classes, "prescriber": who, "here": here,
                  "stated_by_id": actor.user_id or 0, "stated_at": at},
    )
    return row.pk


@command(Can.LIST_MEDICINE)
def settle_considered(
    actor: Actor, /, *, client_id: int, considered_id: int, outcome: str, at: datetime
) -> None:
    """Say what came of a thought: begun (then it is on the list) or not started."""
    row = Considered.objects.select_for_update().get(pk=considered_id, client_id=client_id)
    if row.outcome:
        return
    row.outcome, row.settled_at = {"begun": "begun", "dropped": "dropped"}[outcome], at
    row.save(update_fields=["outcome", "settled_at"])
    if outcome == "begun":
        Medicine.objects.create(
            client_id=client_id, name=row.name, classes=row.classes, since=sites(actor)[0].day(at),
            prescriber=row.prescriber, source="here" if row.here else "letter",
            entered_by_id=actor.user_id or 0, entered_at=at,
        )
        _asked(actor, client_id, "medicines", "some", at)


def _name(said: str) -> str:
    name = text.tidy(said)[:120]
    if not name:
        raise NotPossible("Write the name, as the client says it.")
    return name


def _classes(name: str, kind: str) -> list[str] | None:
    """Return the classes: the name's own, and the kind that somebody said beside it."""
    found = rules.classify(name)
    if kind in rules.classes() and kind != rules.OTHER:
        return sorted({kind, *(found or ())})
    if found is None and not kind:
        raise KindNotSaid(f"We don't know the name “{name}”. Say which kind of medicine it is.")
    if found is None and kind != rules.OTHER:
        return None
    return _set(found or frozenset())


def _set(found: Collection[str] | None) -> list[str] | None:
    return None if found is None else sorted(found)


def _asked(actor: Actor, client_id: int, what: str, answer: str, at: datetime) -> None:
    """Note who asked; the same answer of the same person within a minute is one."""
    twin = {"client_id": client_id, "what": what, "answer": answer, "by_id": actor.user_id or 0}
    if not Asked.objects.filter(**twin, at__gt=at - timedelta(minutes=1), at__lte=at).exists():
        Asked.objects.create(**twin, at=at)
