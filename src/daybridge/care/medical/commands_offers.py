"""Offering medicine for opioid and alcohol use disorder, beginning it, telling who prescribes (P10)."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.medical import rules
from daybridge.care.medical.commands import NotPossible
from daybridge.care.medical.models import Begun, Offer, OutsidePrescriber
from daybridge.clinic.programme.queries import sites
from daybridge.kernel import text


@command(Can.RECORD_MEDICAL)
def offer(
    actor: Actor, /, *, client_id: int, substance: str, medicine: str, wish: str, why: str = "",
    ask_again_on: date | None = None, at: datetime,
) -> int:
    """Write down that a medicine was offered, and what the client wants.

    Who says no, or not now, is asked again: after 30 days unless a nearer day is agreed.
    """
    what, today = text.tidy(medicine)[:120], sites(actor)[0].day(at)
    if substance not in dict(rules.SUBSTANCE) or wish not in dict(rules.WISH) or not what:
        raise NotPossible("Say for which disorder, which medicine, and what the client wants.")
    if ask_again_on is not None and ask_again_on <= today:
        raise NotPossible("The day to ask again lies ahead.")
    again = wish in {"not_now", "declined"}
    return Offer.objects.create(
        client_id=client_id, substance=substance, medicine=what, wish=wish, why=text.tidy(why)[:300],
        ask_again_on=(ask_again_on or rules.ask_again_by(today)) if again else None,
        offered_at=at, by_id=actor.user_id, entered_at=at,
    ).pk


@command(Can.RECORD_MEDICAL)
def begin(
    actor: Actor, /, *, client_id: int, substance: str, medicine: str, begun_on: date, here: bool,
    prescriber: str, at: datetime,
) -> int:
    """Write down that a medicine has begun, here or with a partner; the same one twice is once."""
    what, who = text.tidy(medicine)[:120], text.tidy(prescriber)[:120]
    if substance not in dict(rules.SUBSTANCE) or not what or not who:
        raise NotPossible("Say which medicine has begun, for what, and who prescribes it.")
    if begun_on > sites(actor)[0].day(at):
        raise NotPossible("It begins in the future. Write it down when it has begun.")
    row, _ = Begun.objects.get_or_create(
        client_id=client_id, substance=substance, medicine=what, begun_on=begun_on,
        defaults={"here": here, "prescriber": who, "by_id": actor.user_id, "entered_at": at},
    )
    return row.pk


@command(Can.RECORD_MEDICAL)
def name_prescriber(
    actor: Actor, /, *, client_id: int, name: str, place: str, consent: str, at: datetime
) -> int:
    """Name an outside prescriber and whether the client lets us tell them; consent may change."""
    who = text.tidy(name)[:120]
    if not who or consent not in dict(rules.CONSENT):
        raise NotPossible("Say who prescribes, and whether the client lets us tell them.")
    row, _ = OutsidePrescriber.objects.get_or_create(
        client_id=client_id, name=who,
        defaults={"place": text.tidy(place)[:120], "named_at": at, "named_by_id": actor.user_id or 0},
    )
    if row.told_at is not None and consent != "yes":
        raise NotPossible("They were told already. Withdraw the consent on the client's papers.")
    if row.consent != consent:
        row.consent, row.consented_at = consent, at if consent == "yes" else None
        row.save(update_fields=["consent", "consented_at"])
    return row.pk


@command(Can.RECORD_MEDICAL)
def tell_prescriber(
    actor: Actor, /, *, client_id: int, outside_id: int, how: str, at: datetime
) -> None:
    """Write down that the outside prescriber was told; never without the client's consent."""
    row = OutsidePrescriber.objects.select_for_update().get(pk=outside_id, client_id=client_id)
    words = text.tidy(how)[:200]
    if row.consent != "yes":
        raise NotPossible("The client has not said yes to this. Ask first.")
    if not words:
        raise NotPossible("Say how they were told: letter, call, fax.")
    if row.told_at is None:
        row.told_at, row.told_how = at, words
        row.save(update_fields=["told_at", "told_how"])
