"""Views and decision, stays with level and professional in charge, papers, payer."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass
from daybridge.care.placement.models_stage import StagePeriod  # noqa: F401 - found here

LEVEL = [("outpatient", "Outpatient"), ("iop", "IOP"), ("php", "PHP"), ("residential", "Residential")]


class Span(Func):
    """tstzrange(from_at, until_at), end excluded; no end is infinity."""

    function = "tstzrange"


def never_two(name: str, of: str) -> ExclusionConstraint:
    """Return the constraint: no two rows of the same stay at the same moment."""
    return ExclusionConstraint(
        name=name,
        expressions=[(of, RangeOperators.EQUAL), (Span("from_at", "until_at"), RangeOperators.OVERLAPS)],
    )


@keeps_history()
class Decision(models.Model):
    """One decision about where treatment takes place: the rules' words and two views."""

    data_class = DataClass.PLACEMENT

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    rule_set = models.CharField(max_length=60)
    ratings = models.JSONField()
    flags = models.JSONField()
    recommended = models.CharField(max_length=24)
    indicated = models.CharField(max_length=24)
    reasons = models.JSONField()
    modifiers = models.JSONField()
    unsuited = models.BooleanField(default=False)
    decided_level = models.CharField(max_length=12, choices=LEVEL, blank=True)
    decided_at = models.DateTimeField(null=True)
    differs = models.BooleanField(default=False)
    way_forward = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    alternative = models.CharField(max_length=300, blank=True)
    alternative_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    alternative_at = models.DateTimeField(null=True)
    alternative_outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(differs=False) | Q(decided_at=None)
                | (~Q(way_forward="") & Q(review_on__isnull=False)),
                name="a_difference_has_a_way_forward_and_a_date",
            )
        ]
        indexes = [models.Index(fields=["client", "-opened_at"], name="decisions_of"),
                   models.Index(fields=["review_on"], name="differences_to_look_at",
                                condition=Q(differs=True, reviewed_at=None))]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class View(models.Model):
    """What the client, or the clinician, wants, with reasons; signed by each."""

    data_class = DataClass.PLACEMENT
    append_only = True

    BY = [("client", "client"), ("clinician", "clinician")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="views")
    by = models.CharField(max_length=9, choices=BY)
    level = models.CharField(max_length=12, choices=LEVEL)
    reasons = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "by"], name="each_signs_once"),
            models.CheckConstraint(condition=~Q(reasons=""), name="a_view_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"


@keeps_history()
class Stay(models.Model):
    """Admission to discharge from treatment."""

    data_class = DataClass.STAY

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    admitted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    imported = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=40, blank=True)
    end_words = models.TextField(blank=True)
    client_view = models.TextField(blank=True)
    way_back = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(ended_at=None), name="one_open_stay"),
            models.CheckConstraint(
                condition=Q(ended_at=None)
                | (~Q(end_reason="") & ~Q(client_view="") & ~Q(way_back="")),
                name="an_end_has_reason_view_and_way_back",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("admitted_at")), name="stay_has_length"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-admitted_at"], name="stays_of"),
            models.Index(fields=["admitted_at"], name="stays_by_admission"),
        ]

    def __str__(self) -> str:
        return f"stay {self.pk}"


@keeps_history()
class LevelPeriod(models.Model):
    """The level of care of a stay from a moment to a moment."""

    data_class = DataClass.STAY

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="levels")
    level = models.CharField(max_length=12, choices=LEVEL)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [never_two("one_level_at_a_time", "stay")]
        indexes = [models.Index(fields=["stay"], name="levels_of")]

    def __str__(self) -> str:
        return f"level period {self.pk}"


@keeps_history()
class InCharge(models.Model):
    """Who answers for a stay, from a moment to a moment (S2)."""

    data_class = DataClass.STAY

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="in_charge")
    staff = models.ForeignKey("people.Staff", models.PROTECT, related_name="+")
    stands_in = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [never_two("one_in_charge_at_a_time", "stay")]
        indexes = [models.Index(fields=["stay"], name="in_charge_of"),
                   models.Index(fields=["staff"], condition=Q(until_at=None), name="in_charge_now")]

    def __str__(self) -> str:
        return f"in charge {self.pk}"


@keeps_history()
class Payer(models.Model):
    """Who pays, what is authorised, how much is left. Apart from the clinical level."""

    data_class = DataClass.PAYER

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=12, choices=LEVEL)
    units = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)
    from_day = models.DateField(null=True)
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_why = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client"], name="payers_of")]

    def __str__(self) -> str:
        return f"payer {self.pk}"


@keeps_history()
class Paper(models.Model):
    """A paper at admission that a client has read and signed."""

    data_class = DataClass.CONSENTS

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    code = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    signed_at = models.DateTimeField()
    scanned = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "code", "version"], name="a_paper_is_signed_once")
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}"
