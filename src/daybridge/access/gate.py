"""The one gate: every command, query and page passes it.

`@command(Can.X)` checks, runs in a transaction under the actor's signed identity, records
the act and defers the reactions that `site/wiring.py` names. `@query(Can.X)` does the same
for reads. `@page(Can.X)` declares a route, checks, records the read and makes a form that
is sent twice answer once. A refusal raises: an empty list would read as a clinical fact.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daybridge.access import audit, clock, identity, memory, relations
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.policy import is_about_a_client, scopes

P = ParamSpec("P")
T = TypeVar("T")

# inside a request the middleware writes refusals, after the rollback of its transaction
in_request: ContextVar[bool] = ContextVar("in_request", default=False)
Reaction = Callable[[Actor, str, Mapping[str, object], object], None]
_reactions: list[Reaction] = []


class Refused(PermissionDenied):
    """The actor may not do this; the message says whom to ask."""

    def __init__(self, actor: Actor, act: str, clients: Iterable[int | None]) -> None:
        super().__init__("You may not do this. Ask the clinical supervisor or the director.")
        self.actor = actor
        self.act = act
        self.clients = tuple(clients)


class OtherSide(Refused):
    """The page is for somebody else: clients are not shown staff pages, staff not clients'."""


class Conflict(Exception):
    """Somebody else saved first.

    `theirs` maps the form's field names to what is stored now, `labels` names them for
    people, `choices` are those one picks and does not type; `version` is the stored version,
    with which "keep mine" is sent again.
    """

    def __init__(
        self, theirs: Mapping[str, object], *, version: int,
        labels: Mapping[str, str] | None = None, choices: Iterable[str] = (),
    ) -> None:
        super().__init__("Somebody else changed this while you were writing.")
        self.theirs = theirs
        self.version = version
        self.labels = labels or {}
        self.choices = frozenset(choices)


@dataclass(slots=True)
class _Registry:
    commands: dict[str, Can] = field(default_factory=dict)
    queries: dict[str, Can] = field(default_factory=dict)


REGISTRY = _Registry()


def react_with(reaction: Reaction) -> None:
    """Let the wiring hear of every command that was done (called once, at start)."""
    _reactions.append(reaction)


def may(actor: Actor, can: Can, *, client_id: int | None = None) -> bool:
    """Tell whether the actor may, for this client."""
    return not _refused(actor, can, () if client_id is None else (client_id,))


def may_for(actor: Actor, can: Can, clients: Iterable[int]) -> frozenset[int]:
    """Return those of these clients for whom the actor may."""
    if can.only and actor.roles.isdisjoint(can.only):
        return frozenset()
    return relations.reached(actor, can.data, can.op, clients)


def require(actor: Actor, can: Can, *, clients: Iterable[int | None] = ()) -> None:
    """Raise Refused unless the actor may, for every one of these clients."""
    wanted = tuple(client for client in clients if client is not None)
    if _refused(actor, can, wanted):
        raise Refused(actor, can.slug, wanted or (None,))


def _refused(actor: Actor, can: Can, clients: tuple[int, ...]) -> bool:
    if can.only and actor.roles.isdisjoint(can.only):
        return True
    if not scopes(actor.roles, can.data, can.op):
        return True
    if not clients or not is_about_a_client(can.data):
        return False
    return relations.reached(actor, can.data, can.op, clients) != frozenset(clients)


def command(can: Can) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Guard a write. The function takes the actor, then keywords; `at=` is the gate's time.

    `client_id=` or `client_ids=` name the clients it is about: each is checked.
    """

    def guard(function: Callable[P, T]) -> Callable[P, T]:
        act = _name(function)
        REGISTRY.commands[act] = can

        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            actor = _actor(args)
            at = _moment(kwargs)
            memory.forget()
            try:
                with transaction.atomic(), _as(actor, at):
                    require(actor, can, clients=_clients(kwargs))
                    result = function(*args, **kwargs)
                    memory.forget()
                    _record(actor, act, kwargs, result, at)
                    for reaction in _reactions:
                        reaction(actor, act, kwargs, result)
                    return result
            except Refused as refusal:
                if not in_request.get():
                    record_refusal(refusal)
                raise

        return guarded

    return guard


def query(can: Can) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Guard a read. The function takes the viewer, then keywords."""

    def guard(function: Callable[P, T]) -> Callable[P, T]:
        REGISTRY.queries[_name(function)] = can

        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            actor = _actor(args)
            if identity.is_acting(actor):
                require(actor, can, clients=_clients(kwargs))
                return memory.once(
                    (function, args, kwargs), lambda: function(*args, **kwargs)
                )
            with transaction.atomic(), _as(actor, clock.now()):
                require(actor, can, clients=_clients(kwargs))
                return function(*args, **kwargs)

        return guarded

    return guard


def record_refusal(refusal: Refused) -> None:
    """Write a refusal in a transaction of its own, outside the one that was rolled back."""
    at = clock.now()
    with transaction.atomic(), _as(refusal.actor, at):
        audit.record(refusal.actor, "refused", refusal.act, at=at, clients=refusal.clients)


def _as(actor: Actor, at: datetime) -> ExitStack:
    stack = ExitStack()
    if not identity.is_acting(actor):
        stack.enter_context(identity.acting(actor, at=at))
    return stack


def _moment(kwargs: Mapping[str, Any]) -> datetime:
    at = kwargs.get("at")
    return at if isinstance(at, datetime) else clock.now()


def _actor(args: tuple[Any, ...]) -> Actor:
    if not args or not isinstance(args[0], Actor):
        raise TypeError("The first argument of a command or query is the actor.")
    return args[0]


def _name(function: Callable[..., Any]) -> str:
    domain = function.__module__.removeprefix("daybridge.").split(".")
    return f"{domain[-2]}.{function.__name__}"


def _clients(kwargs: Mapping[str, Any]) -> tuple[int | None, ...]:
    many = kwargs.get("client_ids")
    return tuple(many) if many is not None else (kwargs.get("client_id"),)


def _record(
    actor: Actor, act: str, kwargs: Mapping[str, Any], result: object, at: datetime
) -> None:
    ids = {
        key: value
        for key, value in kwargs.items()
        if key.endswith("_id") and isinstance(value, int)
    }
    if isinstance(result, int):
        ids["result"] = result
    audit.record(actor, "done", act, at=at, clients=_clients(kwargs) or (None,), detail=ids)
