"""Make PostgreSQL agree with the policy table."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections, transaction

from daybridge.access import identity, rls


class Command(BaseCommand):
    """Writes functions, grants and policies as the owner; safe to repeat."""

    help = "Compile access/policy.py into row-level security (run after migrate)"

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every statement in one transaction."""
        owner = str(settings.DATABASES["owner"]["USER"])
        app = str(settings.DATABASES["default"]["USER"])
        inner, outer = identity.pads(settings.IDENTITY_KEY)
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            for statement in rls.statements(owner, app):
                cursor.execute(statement)
            cursor.execute("DELETE FROM access_identitykey")
            cursor.execute(
                "INSERT INTO access_identitykey (inner_pad, outer_pad, allows_past) "
                "VALUES (%s, %s, %s)",
                [inner, outer, settings.DAYBRIDGE.kind == "demo"],
            )
            cursor.execute(rls.framework_grants(app))
