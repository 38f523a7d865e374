"""Reaching out after a missed session."""

from django.db import models
from django.db.models import Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


@keeps_history()
class Outreach(models.Model):
    """A missed session that somebody follows up; closed by a person's attempt alone."""

    data_class = DataClass.OUTREACH

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    occurrence_id = models.BigIntegerField()
    missed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    owner = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "occurrence_id"], name="one_outreach_a_miss"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(attempts__gt=0), name="closed_by_an_attempt"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(closed_at=None), name="open_outreach"),
                   models.Index(fields=["client"], name="outreach_of")]

    def __str__(self) -> str:
        return f"outreach {self.pk}"


class Attempt(models.Model):
    """Somebody tried to reach a client."""

    data_class = DataClass.OUTREACH
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    outreach = models.ForeignKey(Outreach, models.PROTECT, related_name="tries")
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    channel = models.CharField(max_length=12)
    outcome = models.CharField(max_length=16)
    said = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"attempt {self.pk}"
