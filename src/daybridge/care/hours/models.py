"""Arrivals, attendance with its minutes, and why a week was short."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass
from daybridge.care.hours.models_kiosk import DoorCode, KioskDevice  # noqa: F401 - Django looks here
from daybridge.care.hours.models_video import VideoCheck, VideoSeat  # noqa: F401 - Django looks here

CLASSES = [
    ("attended", "attended"), ("attended_not_billable", "attended, not billable"),
    ("absent_excused", "absent, excused"), ("absent_unexcused", "absent, unexcused"),
    ("absent_unknown", "absent, not known why"), ("absent_billable", "absent, billable"),
]


class CheckIn(models.Model):
    """A client has come through the door. The desk writes it, and reads no attendance."""

    data_class = DataClass.ARRIVAL

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    occurrence_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "occurrence_id"], name="arrives_once")
        ]
        indexes = [models.Index(fields=["occurrence_id"], name="arrivals_at")]

    def __str__(self) -> str:
        return f"check-in {self.pk}"


@keeps_history()
class Attendance(models.Model):
    """One client at one session: class, real presence, and the minutes the ledger counted."""

    data_class = DataClass.ATTENDANCE

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    occurrence = models.ForeignKey("schedule.Occurrence", models.PROTECT, related_name="+")
    day = models.DateField(help_text="The site's local day of the session")
    kind = models.CharField(max_length=24, choices=CLASSES)
    present_from = models.DateTimeField(null=True)
    present_until = models.DateTimeField(null=True)
    clinical_minutes = models.PositiveSmallIntegerField()
    billable_minutes = models.PositiveSmallIntegerField()
    ledger_version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    taken_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "occurrence"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(kind__startswith="attended") | Q(clinical_minutes=0, billable_minutes=0),
                name="absence_gives_no_minutes",
            ),
            models.CheckConstraint(
                condition=Q(billable_minutes__lte=models.F("clinical_minutes")),
                name="billable_within_clinical",
            ),
        ]
        indexes = [models.Index(fields=["client", "day"], name="attendance_by_day"),
                   models.Index(fields=["occurrence"], name="attendance_at")]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class ShortWeek(models.Model):
    """A week seen to fall short: when it was flagged, what was offered, why it stayed short."""

    data_class = DataClass.ATTENDANCE

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    week = models.DateField()
    flagged_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    offered_occurrence_id = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "week"], name="one_short_week")]

    def __str__(self) -> str:
        return f"short week {self.pk}"
