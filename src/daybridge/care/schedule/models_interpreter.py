"""An interpreter, or somebody for sign language, booked with a client's session."""

from django.db import models
from django.db.models import Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


@keeps_history()
class Interpreter(models.Model):
    """Who interprets one session for one client, into what, and how they take part."""

    data_class = DataClass.SCHEDULE

    HOW = [("room", "in the room"), ("video", "by video"), ("phone", "by telephone")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    occurrence = models.ForeignKey("schedule.Occurrence", models.PROTECT, related_name="+")
    language = models.CharField(max_length=40)
    who = models.CharField(max_length=120)
    reach = models.CharField(max_length=120, blank=True, help_text="Telephone or address of who was booked")
    how = models.CharField(max_length=5, choices=HOW)
    booked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "occurrence"], condition=Q(ended_at=None),
                                    name="one_interpreter_a_session"),
            models.CheckConstraint(condition=~Q(who="") & ~Q(language=""), name="an_interpreter_has_a_name"),
        ]
        indexes = [models.Index(fields=["occurrence"], name="interpreters_at")]

    def __str__(self) -> str:
        return f"interpreter {self.pk}"
