"""Giving, signing and stopping consents."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import DataClass
from daybridge.access.relate import share
from daybridge.access.signatures import Signer, sign
from daybridge.documents import queries, rules, wording
from daybridge.documents.models import Consent, ConsentEnd
from daybridge.documents.rules import Offer
from daybridge.kernel import text


class NotPossible(ValueError):
    """A consent can't be made or stopped this way; the message says what to do."""


@command(Can.RECORD_CONSENT)
def offer_consent(
    actor: Actor, /, *, client_id: int, offer: Offer, expires_on: date | None, client_name: str,
    house: str, language: str, at: datetime,
) -> int:
    """Put a consent before the client; from now on its words are frozen. It waits to be signed."""
    wrong = rules.faults(offer, at=at)
    if wrong:
        raise NotPossible(" ".join(wrong))
    words = wording.consent_words(
        offer, client=client_name, house=house, expires_on=expires_on, language=language)
    return Consent.objects.create(
        client_id=client_id, kind=offer.kind.value, recipient=text.tidy(offer.recipient),
        address=text.tidy(offer.address), supporter_user_id=offer.supporter_user_id,
        purpose=offer.purpose.value, classes=sorted(offer.classes), expires_on=expires_on,
        expires_at=offer.expires_at, expiry_event=text.tidy(offer.expiry_event),
        irrevocable=offer.irrevocable, words=words, text_version=wording.TEXT_VERSION,
        language=language, offered_by_id=actor.user_id or 0, offered_at=at,
    ).pk


@command(Can.RECORD_CONSENT)
def sign_consent(
    actor: Actor, /, *, client_id: int, consent_id: int, name: str, authority: str = "",
    on_paper: bool = False, at: datetime,
) -> None:
    """Let the client sign: on their own account, or beside a member of staff; twice is once.

    `authority` says by what right somebody else signs (guardian); `on_paper` that a scan is kept.
    """
    row = queries.consent(actor, client_id=client_id, consent_id=consent_id)
    if row.signed is not None:
        return
    if rules.is_ended(row.terms, at):
        raise NotPossible("This consent was taken back. Make a new one.")
    sign(actor, client_id=client_id, kind="consent", object_id=consent_id, shown=row.words,
         signer=Signer(text.tidy(name)[:120], text.tidy(authority)[:80]),
         meaning="consent, signed on paper" if on_paper else "consent", as_client=True, at=at)
    _share_again(actor, client_id, row.supporter_user_id, at)


@command(Can.RECORD_CONSENT)
def stop_consent(
    actor: Actor, /, *, client_id: int, consent_id: int, party: str = "", at: datetime
) -> None:
    """Stop a consent at once, for everybody or for one party; twice is once."""
    row = queries.consent(actor, client_id=client_id, consent_id=consent_id)
    if row.signed is not None and not rules.may_revoke(row.terms):
        raise NotPossible(f"This consent can't be stopped before it ends: when {row.expiry_event}.")
    _end(actor, client_id, row, "stopped" if row.signed else "dropped", party, at)


@command(Can.RECORD_CONSENT)
def end_by_event(actor: Actor, /, *, client_id: int, consent_id: int, at: datetime) -> None:
    """Note that the event happened with which a consent ends."""
    row = queries.consent(actor, client_id=client_id, consent_id=consent_id)
    if not row.expiry_event:
        raise NotPossible("This consent names no event.")
    _end(actor, client_id, row, "event", "", at)


def _end(
    actor: Actor, client_id: int, row: queries.ConsentRow, cause: str, party: str, at: datetime
) -> None:
    party = text.tidy(party)
    if not rules.is_ended(row.terms, at, party=party):
        ConsentEnd.objects.create(
            client_id=client_id, consent_id=row.consent_id, cause=cause, party=party,
            by_id=actor.user_id or 0, at=at,
        )
    _share_again(actor, client_id, row.supporter_user_id, at)


def _share_again(actor: Actor, client_id: int, user_id: int | None, at: datetime) -> None:
    """Let a supporter's page show what the live consents say, all together, and nothing else."""
    if user_id is None:
        return
    items: dict[str, datetime | None] = {}
    for row in queries.consents_of(actor, client_id=client_id):
        if row.supporter_user_id == user_id and row.state(at) == "live":
            for data in (DataClass.NAME, *row.terms.classes):
                items[data.value] = _later(items.get(data.value, at), row.terms.expires_at)
    share(actor, client_id=client_id, user_id=user_id, items=items, at=at)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later end; None is never."""
    return None if one is None or other is None else max(one, other)
