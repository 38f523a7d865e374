"""Plans, problems, objectives, interventions, addenda, prescribed hours."""

from django.db import models
from django.db.models import Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


@keeps_history()
class Plan(models.Model):
    """One version of a client's plan; signed by both, it never changes."""

    data_class = DataClass.PLAN

    KIND = [("initial", "first plan"), ("full", "full plan"), ("review", "review")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    stay = models.ForeignKey("placement.Stay", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=KIND)
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    clinician_signed_at = models.DateTimeField(null=True)
    client_signed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True, help_text="When the second of both signed")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "number"], name="one_plan_a_number"),
            models.UniqueConstraint(
                fields=["client"], condition=Q(signed_at=None), name="one_plan_in_work"
            ),
        ]
        indexes = [models.Index(fields=["client", "-number"], name="plans_of")]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class Part(models.Model):
    """What the parts of a plan share."""

    data_class = DataClass.PLAN
    may_be_deleted = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class Problem(Part):
    """A problem and, in the client's own words, what they want instead."""

    words = models.CharField(max_length=500)
    goal = models.TextField(blank=True)
    need_id = models.BigIntegerField(null=True)
    cites_reason = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"problem {self.pk}"


class Objective(Part):
    """A step that can be seen."""

    STATE = [("open", "under way"), ("reached", "reached"), ("dropped", "left aside")]
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="objectives")
    words = models.CharField(max_length=500)
    measure = models.CharField(max_length=300, blank=True)
    target_on = models.DateField(null=True)
    state = models.CharField(max_length=7, choices=STATE, default="open")

    def __str__(self) -> str:
        return f"objective {self.pk}"


class Intervention(Part):
    """Who does what, how often, by which practice."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="interventions")
    words = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    how_often = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"intervention {self.pk}"


class Addendum(models.Model):
    """Words added to a signed plan."""

    data_class = DataClass.PLAN
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="addenda")
    words = models.TextField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"addendum {self.pk}"


class PrescribedHours(models.Model):
    """Contact hours a week, from a day on, and why."""

    data_class = DataClass.PLAN
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    from_day = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=60), name="hours_of_a_week")
        ]
        indexes = [models.Index(fields=["client", "-from_day", "-id"], name="prescribed_hours_of")]

    def __str__(self) -> str:
        return f"prescribed hours {self.pk}"
