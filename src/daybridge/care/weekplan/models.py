"""A search for a better standing week. What it holds of clients is encrypted and goes when it ends."""

import uuid

from django.db import models
from django.db.models import Q

from daybridge.access.policy import DataClass

OPEN = ("searching", "proposed")


class WeekSearch(models.Model):
    """One search: from which Monday on, how far it is, what it found."""

    data_class = DataClass.WEEK_PLAN

    STATE = [
        ("searching", "being searched"), ("proposed", "waits for a decision"), ("decided", "decided"),
        ("failed", "stopped by an error"), ("past", "its week began"),
    ]
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    monday = models.DateField()
    seconds = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=STATE, default="searching")
    asked = models.BinaryField(null=True, help_text="The week as it stood, encrypted")
    found = models.BinaryField(null=True, help_text="The best week so far with its reasons, encrypted")
    percent = models.PositiveSmallIntegerField(default=0)
    cost = models.PositiveIntegerField(null=True)
    cancel = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="The last sign of life")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OPEN) | Q(asked=None, found=None),
                                   name="an_ended_search_keeps_nobody"),
            models.UniqueConstraint(fields=["monday"], condition=Q(state="searching"),
                                    name="one_search_a_week"),
        ]
        indexes = [models.Index(fields=["-asked_at"], name="searches_by_day")]

    def __str__(self) -> str:
        return f"week search {self.pk}"
