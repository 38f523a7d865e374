"""In which stage of treatment a client is: decided by the team, with the reason."""

from django.db import models
from django.db.models import Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


@keeps_history()
class StagePeriod(models.Model):
    """One stage of a stay, from a moment until a moment."""

    data_class = DataClass.STAY

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    stay = models.ForeignKey("placement.Stay", models.PROTECT, related_name="stages")
    stage = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300)
    decided_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stay"], condition=Q(until_at=None), name="one_stage_now"),
            models.CheckConstraint(condition=Q(stage__range=(1, 4)), name="one_of_four_stages"),
            models.CheckConstraint(condition=~Q(why=""), name="a_stage_has_a_reason"),
        ]
        indexes = [models.Index(fields=["client"], name="stages_of")]

    def __str__(self) -> str:
        return f"stage period {self.pk}"
