"""The papers behind a licence: a scan of it, of its renewal, of a state's letter."""

import uuid

from django.db import models
from django.db.models import Q

from daybridge.access.policy import DataClass


class LicencePaper(models.Model):
    """A scan that belongs to a licence. It may hold a home address: only who keeps accounts reads it."""

    data_class = DataClass.ACCOUNT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    licence = models.ForeignKey("people.Licence", models.PROTECT, related_name="papers")
    about = models.CharField(max_length=160)
    media_type = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes")
    content = models.BinaryField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(about=""), name="a_licence_paper_says_what_it_is"),
            models.CheckConstraint(condition=Q(size__lte=10_000_000), name="licence_paper_at_most_10_mb"),
        ]
        indexes = [models.Index(fields=["licence", "-added_at"], name="papers_of_licence")]

    def __str__(self) -> str:
        return f"licence paper {self.pk}"
