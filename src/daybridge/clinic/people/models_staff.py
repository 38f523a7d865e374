"""What stands beside a licence: who looked it up, who supervises whom, who is away."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass
from daybridge.clinic.people.rules import REGISTER_SAYS


class Days(Func):
    """daterange(from_day, until_day), both days included; no end is infinity."""

    function = "daterange"
    template = "daterange(%(expressions)s, '[]')"


class LicenceCheck(models.Model):
    """Somebody looked a licence up in the state's register: what it said, and where."""

    data_class = DataClass.STAFF
    append_only = True

    licence = models.ForeignKey("people.Licence", models.CASCADE, related_name="checks")
    found = models.CharField(max_length=7, choices=REGISTER_SAYS)
    source = models.CharField(max_length=200, help_text="The register's name or address")
    words = models.CharField(max_length=300, blank=True)
    looked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["licence", "-looked_at"], name="checks_of_licence")]

    def __str__(self) -> str:
        return f"licence check {self.pk}"


@keeps_history()
class Supervision(models.Model):
    """Who supervises somebody, from a day to a day (both included), and whether they sign too."""

    data_class = DataClass.STAFF

    staff = models.ForeignKey("people.Staff", models.CASCADE, related_name="supervisions")
    supervisor = models.ForeignKey("people.Staff", models.PROTECT, related_name="+")
    signs_for = models.BooleanField(default=False, help_text="Every note needs the supervisor too")
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_supervisor_at_a_time",
                expressions=[("staff", RangeOperators.EQUAL),
                             (Days("from_day", "until_day"), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=~Q(staff=F("supervisor")), name="nobody_supervises_themselves"),
        ]

    def __str__(self) -> str:
        return f"supervision {self.pk}"


@keeps_history()
class Absence(models.Model):
    """Somebody is away from a moment on, and who stands in; `back_at` once they have returned."""

    data_class = DataClass.STAFF

    staff = models.ForeignKey("people.Staff", models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey("people.Staff", models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    expected_on = models.DateField(null=True, help_text="The day of return, when it is known")
    back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff"], condition=Q(back_at=None), name="away_once"),
            models.CheckConstraint(condition=~Q(staff=F("stand_in")), name="somebody_else_stands_in"),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"
