"""The ties between clients and people on which the policy stands."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.models import (
    Block,
    ConsentItem,
    Duty,
    Grant,
    SelfLink,
    Standing,
    TeamMember,
)


@command(Can.SET_TEAM)
def join_team(actor: Actor, /, *, client_id: int, user_id: int, part: str, at: datetime) -> int:
    """Put somebody on the treating team; twice is once."""
    member, _ = TeamMember.objects.get_or_create(
        client_id=client_id,
        user_id=user_id,
        part=part,
        until_at=None,
        defaults={"from_at": at},
    )
    return member.pk


@command(Can.SET_TEAM)
def leave_team(actor: Actor, /, *, client_id: int, user_id: int, part: str, at: datetime) -> None:
    """End somebody's place on the team; the past stays as it was."""
    TeamMember.objects.filter(
        client_id=client_id, user_id=user_id, part=part, until_at=None
    ).update(until_at=at)


@command(Can.SET_TEAM)
def leave_all_teams(actor: Actor, /, *, user_id: int, at: datetime) -> None:
    """End every place of somebody who leaves the programme."""
    TeamMember.objects.filter(user_id=user_id, until_at=None).update(until_at=at)


@command(Can.SET_TEAM)
def set_standing(actor: Actor, /, *, client_id: int, kind: str | None, at: datetime) -> None:
    """Say where a person stands now: "pending", "in_care", or None when care has ended."""
    open_one = Standing.objects.filter(client_id=client_id, until_at=None)
    if kind is not None and open_one.filter(kind=kind).exists():
        return
    open_one.update(until_at=at)
    if kind is not None:
        Standing.objects.create(client_id=client_id, kind=kind, from_at=at)


@command(Can.SET_TEAM)
def join_teams(
    actor: Actor, /, *, client_ids: list[int], teams: Sequence[Collection[tuple[int, str]]],
    at: datetime,
) -> None:
    """Give many clients their first teams at once: (user, part) for each client in turn."""
    TeamMember.objects.bulk_create(
        TeamMember(client_id=pk, user_id=user_id, part=part, from_at=at)
        for pk, team in zip(client_ids, teams, strict=True)
        for user_id, part in team
    )


@command(Can.SET_TEAM)
def set_standings(actor: Actor, /, *, client_ids: list[int], kind: str, at: datetime) -> None:
    """Give many clients their first standing at once."""
    Standing.objects.bulk_create(
        Standing(client_id=pk, kind=kind, from_at=at) for pk in client_ids
    )


@command(Can.SET_TEAM)
def link_self(actor: Actor, /, *, client_id: int, user_id: int, at: datetime) -> None:
    """Tie a client's own account to the client."""
    SelfLink.objects.get_or_create(client_id=client_id, defaults={"user_id": user_id})


@command(Can.BLOCK_PERSON)
def block(actor: Actor, /, *, client_id: int, user_id: int, reason: str, at: datetime) -> int:
    """Shut a person out of everything about this client, silently."""
    row, _ = Block.objects.get_or_create(
        client_id=client_id, user_id=user_id, until_at=None,
        defaults={"reason": reason, "from_at": at},
    )
    return row.pk


@command(Can.BLOCK_PERSON)
def unblock(actor: Actor, /, *, client_id: int, user_id: int, at: datetime) -> None:
    """End a block; that there was one stays written down."""
    Block.objects.filter(client_id=client_id, user_id=user_id, until_at=None).update(until_at=at)


@command(Can.LET_LEAD)
def let_lead(
    actor: Actor, /, *, client_ids: list[int], user_id: int, until: datetime, at: datetime
) -> None:
    """Let somebody who leads a group that day see its clients until then."""
    known = set(
        Grant.objects.filter(
            Q(until_at=None) | Q(until_at__gte=until),
            user_id=user_id,
            kind="L",
            from_at__lte=at,
            client_id__in=client_ids,
        ).values_list("client_id", flat=True)
    )
    Grant.objects.bulk_create(
        Grant(client_id=pk, user_id=user_id, kind="L", from_at=at, until_at=until)
        for pk in client_ids
        if pk not in known
    )


@command(Can.LET_LEAD)
def let_see_card(
    actor: Actor, /, *, client_id: int, user_id: int, until: datetime, reason: str, at: datetime
) -> None:
    """Let somebody see a client's emergency card until then; it opens nothing else."""
    Grant.objects.create(client_id=client_id, user_id=user_id, kind="E", from_at=at, until_at=until,
                         reason=reason)


@command(Can.LET_LEAD)
def lead_no_more(actor: Actor, /, *, user_id: int, at: datetime) -> None:
    """End what somebody saw as a leader: another person leads in their place."""
    live = Grant.objects.filter(Q(until_at=None) | Q(until_at__gt=at), user_id=user_id, kind="L")
    live.update(until_at=at)


@command(Can.MANAGE_STAFF)
def put_on_duty(
    actor: Actor, /, *, user_id: int, from_at: datetime, until_at: datetime, at: datetime
) -> int:
    """Give somebody the reach of the on-call desk for these hours."""
    return Duty.objects.create(user_id=user_id, from_at=from_at, until_at=until_at).pk


@command(Can.RECORD_CONSENT)
def share(
    actor: Actor, /, *, client_id: int, user_id: int, items: Mapping[str, datetime | None],
    at: datetime,
) -> None:
    """Let a supporter see exactly this from now on (data class -> until when); the rest ends now."""
    live = ConsentItem.objects.filter(
        Q(until_at=None) | Q(until_at__gt=at), client_id=client_id, user_id=user_id
    )
    kept = {row.allows for row in live if row.allows in items and row.until_at == items[row.allows]}
    live.exclude(allows__in=kept).update(until_at=at)
    ConsentItem.objects.bulk_create(
        ConsentItem(client_id=client_id, user_id=user_id, allows=data, from_at=at, until_at=until)
        for data, until in sorted(items.items()) if data not in kept
    )
