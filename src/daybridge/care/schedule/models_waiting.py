"""Who waits for a seat in a group that is full."""

from django.db import models
from django.db.models import Q

from daybridge.access.policy import DataClass


class GroupWait(models.Model):
    """A client who waits for a seat; ended by a place in the group, or by who gives it up for them."""

    data_class = DataClass.SCHEDULE

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    series = models.ForeignKey("schedule.Series", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "schedule"
        constraints = [models.UniqueConstraint(
            fields=["client", "series"], condition=Q(ended_at=None), name="waits_once_for_a_group")]

    def __str__(self) -> str:
        return f"group wait {self.pk}"
