"""Who imports, when there is no request that says so: the command line and the worker."""

from django.db import transaction

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.models import User
from daybridge.access.policy import Role


def director(*, email: str | None = None, user_id: int | None = None) -> Actor | None:
    """Return a director, as they stand now: by address, by id, or the first."""
    with transaction.atomic(), identity.acting(system(Role.SETUP)):
        rows = User.objects.filter(is_active=True, roles__contains=[Role.DIRECTOR])
        if email is not None:
            rows = rows.filter(email=email.casefold())
        if user_id is not None:
            rows = rows.filter(pk=user_id)
        row = rows.order_by("pk").first()
    return Actor(row.pk, frozenset(Role(role) for role in row.roles), row.name) if row else None
