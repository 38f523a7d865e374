"""A file of clients on its way in."""

import uuid

from django.db import models
from django.db.models import Q

from daybridge.access.policy import DataClass


class ClientImport(models.Model):
    """One file: who sent it, how far it is. Its content is encrypted and goes when it ends."""

    data_class = DataClass.IMPORT

    STATE = [
        ("checking", "being checked"), ("checked", "checked"), ("importing", "being imported"),
        ("done", "imported"), ("failed", "stopped by an error"), ("cancelled", "cancelled"),
    ]
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=STATE, default="checking")
    content = models.BinaryField(null=True)
    report = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(help_text="Of the check, then of the import")
    moved_at = models.DateTimeField(help_text="The last sign of life")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("checking", "checked", "importing")) | Q(content=None),
                name="an_ended_import_keeps_no_file",
            )
        ]
        indexes = [models.Index(fields=["-asked_at"], name="imports_by_day")]

    def __str__(self) -> str:
        return f"import {self.pk}"


class Feed(models.Model):
    """A private address at which somebody's calendar reads their times. Only its digest is kept."""

    data_class = DataClass.ACCOUNT

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the address's secret")
    language = models.CharField(max_length=5, default="en", help_text="Of the neutral title")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="one_feed_a_person")
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"
