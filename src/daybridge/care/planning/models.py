"""Plans, problems, objectives, interventions, progress, addenda, prescribed hours."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


@keeps_history()
class Plan(models.Model):
    """One version of a client's plan; once somebody has signed, its words never change."""

    data_class = DataClass.PLAN

    KIND = [("initial", "first plan"), ("full", "full plan"), ("review", "review")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    stay = models.ForeignKey("placement.Stay", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=KIND)
    number = models.PositiveSmallIntegerField()
    strengths = models.TextField(blank=True)
    started_at = models.DateTimeField()
    clinician_signed_at = models.DateTimeField(null=True)
    client_signed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True, help_text="When the second of both signed")
    cosigner = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    cosign_due = models.BooleanField(default=False, help_text="The licence asks for a second one")
    cosigned_at = models.DateTimeField(null=True)
    clinician = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True, help_text="Not signed by both; a next one follows")
    set_aside_why = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "number"], name="one_plan_a_number"),
            models.UniqueConstraint(
                fields=["client"], condition=Q(signed_at=None, set_aside_at=None),
                name="one_plan_in_work",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(set_aside_at=None), name="set_aside_or_signed"
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


class CitedReason(Part):
    """A reason of the client's own that this plan stands on; its words stay with the reason."""

    reason = models.ForeignKey("assessment.Reason", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "reason"], name="reason_cited_once")
        ]

    def __str__(self) -> str:
        return f"cited reason {self.pk}"


class Problem(Part):
    """A problem and, in the client's own words, what they want instead.

    `key` stays the same from version to version.
    """

    key = models.UUIDField(db_default=RandomUUID())
    words = models.CharField(max_length=500)
    goal = models.TextField(blank=True)
    need = models.ForeignKey("assessment.Need", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="problem_once")]

    def __str__(self) -> str:
        return f"problem {self.pk}"


class Objective(Part):
    """A step that can be seen. `key` stays the same from version to version."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="objectives")
    key = models.UUIDField(db_default=RandomUUID())
    words = models.CharField(max_length=500)
    library_words = models.CharField(max_length=500, blank=True, help_text="What it came from")
    measure = models.CharField(max_length=300, blank=True)
    target_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="objective_once")]

    def __str__(self) -> str:
        return f"objective {self.pk}"


class Intervention(Part):
    """Who does what, how often, by which practice of the library, or why by none."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="interventions")
    words = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    how_often = models.CharField(max_length=80, blank=True)
    practice = models.CharField(max_length=60, blank=True, help_text="Its slug in the library")
    no_practice_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(practice="") | Q(no_practice_why=""), name="a_practice_or_why_none"
            )
        ]

    def __str__(self) -> str:
        return f"intervention {self.pk}"


class Progress(models.Model):
    """How far a signed plan's objective is, as looked at together on a day."""

    data_class = DataClass.PLAN
    append_only = True

    STATE = [("reached", "reached"), ("partly", "partly reached"), ("not", "not yet"),
             ("dropped", "left aside")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=STATE)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(words=""), name="left_aside_with_a_reason"
            )
        ]
        indexes = [models.Index(fields=["client", "at"], name="progress_of")]

    def __str__(self) -> str:
        return f"progress {self.pk}"


class ReviewCall(models.Model):
    """Something that happened and calls for a review at once: a return to use, a wish."""

    data_class = DataClass.PLAN
    append_only = True

    CAUSE = [("used", "return to use"), ("asked", "the client asks"), ("other", "another reason")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    cause = models.CharField(max_length=5, choices=CAUSE)
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "-on"], name="review_calls_of")]

    def __str__(self) -> str:
        return f"call for a review {self.pk}"


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
