"""What a group asks beyond level, language and gender: known to those who know what it is about."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


@keeps_history()
class SeriesJoining(models.Model):
    """Stages, co-occurring disorders, a day after which nobody joins, the address of a video room.

    Apart from the series, which the desk and clients read: who is in such a group would tell them.
    """

    data_class = DataClass.GROUP_TITLE

    series = models.OneToOneField("schedule.Series", models.CASCADE, related_name="joining")
    stages = ArrayField(models.PositiveSmallIntegerField(), default=list)
    dual_only = models.BooleanField(default=False)
    closed_after = models.DateField(null=True)
    video_link = models.URLField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"joining of series {self.series_id}"
