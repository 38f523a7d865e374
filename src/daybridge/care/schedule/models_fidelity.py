"""Sessions drawn to see whether a practice is delivered as designed, and what was seen."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daybridge.access.policy import DataClass


class FidelityDraw(models.Model):
    """A coming session and an observer, both drawn by the program; nobody chooses a good day."""

    data_class = DataClass.FIDELITY
    append_only = True

    occurrence = models.OneToOneField("schedule.Occurrence", models.PROTECT, related_name="+")
    practice = models.CharField(max_length=60, help_text="The slug in the library")
    observer = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        app_label = "schedule"

    def __str__(self) -> str:
        return f"fidelity draw {self.pk}"


class FidelityRating(models.Model):
    """What somebody saw of the practice's list: the observer, or the leader of their own session."""

    data_class = DataClass.FIDELITY
    append_only = True

    draw = models.ForeignKey(FidelityDraw, models.PROTECT, related_name="ratings")
    author = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    as_observer = models.BooleanField()
    seen = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="Places on the list")
    items = models.PositiveSmallIntegerField(help_text="How long the list was")
    words = models.CharField(max_length=500, blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        app_label = "schedule"
        constraints = [
            models.UniqueConstraint(fields=["draw", "as_observer"], name="rated_once_by_each"),
            models.CheckConstraint(condition=Q(items__gte=1), name="a_list_has_items"),
        ]

    def __str__(self) -> str:
        return f"fidelity rating {self.pk}"
