"""Alerts and tasks: one owner, a clock, an outcome. The on-call rota."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


class Task(models.Model):
    """Something that a named person must do; an alert is one that can't wait."""

    data_class = DataClass.TASK

    KIND = [("alert", "alert"), ("task", "task")]
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    client = models.ForeignKey("people.Client", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=5, choices=KIND)
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    entered_at = models.DateTimeField(db_default=Now())
    owner = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    level = models.CharField(max_length=8, default="owners")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "kind"],
                condition=Q(closed_at=None),
                name="one_open_task_a_source",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(kind="task") | Q(taken_at__isnull=False),
                name="an_alert_is_taken_before_it_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(outcome=""), name="closed_with_an_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="open_tasks_by_due"),
            models.Index(fields=["client"], condition=Q(closed_at=None), name="open_tasks_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class TimeRange(Func):
    """tstzrange(starts_at, ends_at), end excluded."""

    function = "tstzrange"


@keeps_history()
class OnCallShift(models.Model):
    """Somebody's hours on call. The same part is never held by two."""

    data_class = DataClass.STAFF

    PART = [("primary", "on call"), ("backup", "back-up")]
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    part = models.CharField(max_length=7, choices=PART)
    phone = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="shift_has_length"
            ),
            ExclusionConstraint(
                name="one_person_a_part",
                expressions=[
                    ("part", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="shifts_by_end")]

    def __str__(self) -> str:
        return f"shift {self.pk}"
