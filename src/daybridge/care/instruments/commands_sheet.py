"""Filling a sheet of either kind: begin, answer item by item, end. Used by guarded commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from daybridge.access.actors import Actor
from daybridge.access.gate import Conflict
from daybridge.access.policy import Role
from daybridge.care.instruments import rules
from daybridge.care.instruments.known import by_name, item_of
from daybridge.care.instruments.models import (
    AllianceAnswer,
    AllianceResponse,
    Answer,
    Response,
)
from daybridge.care.instruments.queries_packs import shown
from daybridge.care.instruments.rules_answers import from_form
from daybridge.care.instruments.rules_shape import Instrument, Score
from daybridge.care.instruments.rules_sheet import plain


class NotOffered(ValueError):
    """This instrument can't be filled like this; the message says why and what to do."""


class Ended(ValueError):
    """It is finished or set aside, and stands; only a correction can be written."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an answer came to, before and after it was saved."""

    instrument: Instrument
    value: object
    changed: bool
    before: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The two tables of one kind."""

    rows: type[Response] | type[AllianceResponse]
    answers: type[Answer] | type[AllianceAnswer]

    def begin(
        self, actor: Actor, *, client_id: int, name: str, language: str, by: str, mode: str,
        at: datetime,
    ) -> int:
        """Begin a filling, or go on with the one begun."""
        instrument = by_name(name)
        self._fits(instrument)
        own = actor.has(Role.CLIENT)
        worded = shown(actor, name=name, language=language)
        if own and not worded.may_be_shown(language):
            raise NotOffered("This form is filled together with staff.")
        if own and "self" not in instrument.administered_by:
            raise NotOffered("This form is filled by staff.")
        row, _ = self.rows.objects.get_or_create(
            client_id=client_id, instrument=name, state="draft",
            defaults={
                "instrument_version": instrument.version, "language": language,
                "administered_by": "self" if own else by, "mode": "screen" if own else mode,
                "recall": worded.recall.get(language) or worded.recall.get("en", ""),
                "started_at": at, "started_by_id": actor.user_id or 0,
            },
        )
        return row.pk

    def hear(
        self, actor: Actor, *, client_id: int, response_id: int, item: str,
        typed: Sequence[str], version: int, at: datetime,
    ) -> Heard:
        """Save one answer beside the former ones; whoever is late sees both."""
        row = self.open(client_id, response_id)
        instrument = by_name(row.instrument)
        value = plain(from_form(item_of(instrument, item), typed))
        said = self.newest(response_id)
        stands = said.get(item)
        before = {name: one.value for name, one in said.items() if one.value is not None}
        changed = stands is None or stands.value != value
        if changed and (stands.pk if stands else 0) != version:
            raise Conflict(
                {"value": _first(stands.value) if stands else ""},
                version=stands.pk if stands else 0, choices=["value"],
                labels={"value": instrument.item(item).says(row.language)},
            )
        if changed:
            self.answers.objects.create(
                client_id=client_id, response_id=response_id, item=item, value=value,
                by_id=actor.user_id or 0, by_client=actor.has(Role.CLIENT), at=at,
            )
        return Heard(instrument, value, changed, before)

    def end(self, actor: Actor, *, client_id: int, response_id: int, at: datetime) -> Score:
        """Finish: what it comes to is stored; with holes it has no score and says so."""
        row = self.open(client_id, response_id)
        instrument = by_name(row.instrument)
        scored = rules.score(instrument, self.values(response_id))
        row.state, row.ended_at, row.ended_by_id = "finished", max(at, row.started_at), actor.user_id
        row.status, row.score, row.band = scored.status, scored.score, scored.band or ""
        row.scorer_version = scored.scorer_version
        row.details = {
            "subscales": dict(scored.subscales), "missing": list(scored.missing),
            "flags": [flag.name for flag in scored.flags], "needs": list(scored.needs),
            "lowest": list(scored.lowest),
            "critical": [critical.name for critical in scored.critical],
        }
        row.save()
        return scored

    def set_aside(self, actor: Actor, *, client_id: int, response_id: int, at: datetime) -> None:
        """Set a draft aside: its answers stay on record, unscored."""
        row = self.rows.objects.select_for_update().get(
            pk=response_id, client_id=client_id)
        if row.state == "draft":
            row.state, row.ended_at, row.ended_by_id = "set_aside", max(at, row.started_at), actor.user_id
            row.save()

    def open(self, client_id: int, response_id: int) -> Response | AllianceResponse:
        """Return the draft, locked; raise Ended when it takes no answers any more."""
        row = self.rows.objects.select_for_update().get(
            pk=response_id, client_id=client_id)
        if row.state != "draft":
            raise Ended("This form is finished and stands as it is. A mistake in it is put right "
                        "by a correction, which names it.")
        if row.instrument_version != by_name(row.instrument).version:
            raise Ended("The form has changed since this was begun. Set it aside and begin anew.")
        return row

    def newest(self, response_id: int) -> dict[str, Any]:
        """Return the answer that stands for each item."""
        rows = self.answers.objects.filter(response_id=response_id).order_by("pk")
        return {row.item: row for row in rows}

    def values(self, response_id: int) -> dict[str, Any]:
        """Return the values that stand, skipped ones left out."""
        said = self.newest(response_id)
        return {name: one.value for name, one in said.items() if one.value is not None}

    def _fits(self, instrument: Instrument) -> None:
        kind = "alliance" if self.rows is AllianceResponse else "instrument"
        if instrument.data_class != kind:
            raise NotOffered("This form is filled on another page.")


INSTRUMENTS = Sheet(Response, Answer)
ALLIANCE = Sheet(AllianceResponse, AllianceAnswer)


def _first(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
