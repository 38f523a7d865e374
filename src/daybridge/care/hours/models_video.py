"""By video: who takes part so, and each time where they are, how to call back, and who can hear."""

from django.db import models
from django.db.models import Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


class VideoSeat(models.Model):
    """A client takes part in a session by video, and by which address."""

    data_class = DataClass.ARRIVAL

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    occurrence = models.ForeignKey("schedule.Occurrence", models.PROTECT, related_name="+")
    link = models.URLField(max_length=300, blank=True)
    planned_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "occurrence"], condition=Q(ended_at=None),
                                    name="by_video_once"),
        ]
        indexes = [models.Index(fields=["occurrence"], name="by_video_at")]

    def __str__(self) -> str:
        return f"video seat {self.pk}"


@keeps_history()
class VideoCheck(models.Model):
    """What was asked before a session by video began: an ambulance, a dropped line, listeners, the law."""

    data_class = DataClass.WHEREABOUTS

    HEARD = [("alone", "nobody can hear"), ("agreed", "somebody can hear, and the client wants that"),
             ("heard", "somebody can hear")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    occurrence = models.ForeignKey("schedule.Occurrence", models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=2)
    call_back = models.CharField(max_length=40)
    heard = models.CharField(max_length=6, choices=HEARD)
    licence = models.CharField(max_length=200, blank=True, help_text="Valid there; empty: none")
    asked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "occurrence"], name="asked_once_a_session"),
            models.CheckConstraint(condition=~Q(place="") & ~Q(call_back="") & ~Q(state=""),
                                   name="a_video_check_says_where_and_how_to_call"),
        ]
        indexes = [models.Index(fields=["occurrence"], name="video_checks_at")]

    def __str__(self) -> str:
        return f"video check {self.pk}"
