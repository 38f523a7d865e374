"""When clients can come and staff work. Why a client can't is not kept: the times do the work."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


class Days(Func):
    """daterange(from_day, until_day), both days included."""

    function = "daterange"
    template = "daterange(%(expressions)s, '[]')"


class Minutes(Func):
    """int4range(from_minute, until_minute), end excluded."""

    function = "int4range"


class _Window(models.Model):
    weekday = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    until_minute = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    given_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        abstract = True


class _Away(models.Model):
    first_day = models.DateField()
    last_day = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        abstract = True


class _Day(models.Model):
    day = models.DateField()
    from_minute = models.PositiveSmallIntegerField()
    until_minute = models.PositiveSmallIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        abstract = True


def _once(who: str, name: str) -> ExclusionConstraint:
    return ExclusionConstraint(name=name, expressions=[
        (who, RangeOperators.EQUAL), ("weekday", RangeOperators.EQUAL),
        (Minutes("from_minute", "until_minute"), RangeOperators.OVERLAPS),
        (Days("from_day", "until_day"), RangeOperators.OVERLAPS),
    ])


FORWARD = Q(weekday__lte=6, from_minute__lt=F("until_minute"), until_minute__lte=1440)


@keeps_history()
class ClientWindow(_Window):
    """A weekly time when a client can come, from a day until a day (both included)."""

    data_class = DataClass.AVAILABILITY
    may_be_deleted = True  # one that was to begin later and is replaced before; history keeps it

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=FORWARD, name="client_window_runs_forward"),
                       _once("client", "client_windows_dont_overlap")]

    def __str__(self) -> str:
        return f"client window {self.pk}"


@keeps_history()
class ClientAway(_Away):
    """Days on which a client can't come."""

    data_class = DataClass.AVAILABILITY

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(first_day__lte=F("last_day")),
                                              name="client_away_runs_forward")]
        indexes = [models.Index(fields=["client", "last_day"], name="client_away_days")]

    def __str__(self) -> str:
        return f"client away {self.pk}"


@keeps_history()
class StaffWindow(_Window):
    """A weekly time when somebody of the staff works."""

    data_class = DataClass.SLOT
    may_be_deleted = True  # as above

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=FORWARD, name="staff_window_runs_forward"),
                       _once("user", "staff_windows_dont_overlap")]

    def __str__(self) -> str:
        return f"staff window {self.pk}"


@keeps_history()
class StaffAway(_Away):
    """Days on which somebody of the staff is not there: leave, training, illness."""

    data_class = DataClass.SLOT

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(first_day__lte=F("last_day")),
                                              name="staff_away_runs_forward")]
        indexes = [models.Index(fields=["user", "last_day"], name="staff_away_days")]

    def __str__(self) -> str:
        return f"staff away {self.pk}"


DAY_FORWARD = Q(from_minute__lt=F("until_minute"), until_minute__lte=1440)


@keeps_history()
class ClientDay(_Day):
    """Other times on one day, in which a client can come."""

    data_class = DataClass.AVAILABILITY

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=DAY_FORWARD, name="client_day_runs_forward")]
        indexes = [models.Index(fields=["client", "day"], name="client_days")]

    def __str__(self) -> str:
        return f"client day {self.pk}"


@keeps_history()
class StaffDay(_Day):
    """Other hours on one day, in which somebody of the staff works."""

    data_class = DataClass.SLOT

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=DAY_FORWARD, name="staff_day_runs_forward")]
        indexes = [models.Index(fields=["user", "day"], name="staff_days")]

    def __str__(self) -> str:
        return f"staff day {self.pk}"
