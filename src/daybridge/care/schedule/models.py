"""Series, members, single sessions, and who is expected at which."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass
from daybridge.care.schedule.models_fidelity import FidelityDraw, FidelityRating  # noqa: F401 - found here
from daybridge.care.schedule.models_interpreter import Interpreter  # noqa: F401 - found here
from daybridge.care.schedule.models_joining import SeriesJoining  # noqa: F401 - found here
from daybridge.care.schedule.models_waiting import GroupWait  # noqa: F401 - found here


class Times(Func):
    """tstzrange(starts_at, ends_at), end excluded."""

    function = "tstzrange"


class Days(Func):
    """daterange(from_day, until_day), both days included."""

    function = "daterange"
    template = "daterange(%(expressions)s, '[]')"


class Minutes(Func):
    """int4range(from_minute, until_minute), end excluded."""

    function = "int4range"


@keeps_history()
class Series(models.Model):
    """An endless weekly group: when, where, with whom. What it is about stands apart."""

    data_class = DataClass.SLOT

    site = models.ForeignKey("programme.Site", models.PROTECT, related_name="+")
    room = models.ForeignKey("programme.Room", models.PROTECT, related_name="+")
    leader = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    service = models.CharField(max_length=24, default="group")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    capacity = models.PositiveSmallIntegerField()
    levels = ArrayField(models.CharField(max_length=12), default=list)
    language = models.CharField(max_length=5, default="en")
    gender = models.CharField(max_length=20, blank=True)
    made_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_weekday"),
            models.CheckConstraint(condition=Q(minutes__gte=15, minutes__lte=480), name="series_length"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="series_has_seats"),
        ]

    def __str__(self) -> str:
        return f"series {self.pk}"


class SeriesTitle(models.Model):
    """What a group is about, for those who may know it."""

    data_class = DataClass.GROUP_TITLE

    series = models.OneToOneField(Series, models.CASCADE, related_name="title")
    words = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"series title {self.pk}"


# a practice of the library by name, or none with the reason: never both, never neither
SAID = (~Q(practice="") & Q(why_none="")) | (Q(practice="") & ~Q(why_none=""))


@keeps_history()
class SeriesPractice(models.Model):
    """On which practice a group stands from a day on, or why on none. No row: not said yet."""

    data_class = DataClass.GROUP_TITLE

    series = models.ForeignKey(Series, models.CASCADE, related_name="practices")
    practice = models.CharField(max_length=60, blank=True, help_text="The slug in the library")
    why_none = models.CharField(max_length=200, blank=True)
    from_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "from_day"], name="one_practice_a_day"),
            models.CheckConstraint(condition=SAID, name="series_practice_or_why_none"),
        ]

    def __str__(self) -> str:
        return f"series practice {self.pk}"


@keeps_history()
class Membership(models.Model):
    """A client's place in a series, from a day to a day (both included).

    Weekday and minutes are the series' own, copied so that PostgreSQL itself refuses a
    member in two groups at once.
    """

    data_class = DataClass.SCHEDULE

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, related_name="members")
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    weekday = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    until_minute = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_client_is_in_one_group_at_a_time",
                expressions=[
                    ("client", RangeOperators.EQUAL), ("weekday", RangeOperators.EQUAL),
                    (Minutes("from_minute", "until_minute"), RangeOperators.OVERLAPS),
                    (Days("from_day", "until_day"), RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes = [models.Index(fields=["series", "from_day"], name="members_of")]

    def __str__(self) -> str:
        return f"membership {self.pk}"


@keeps_history()
class Occurrence(models.Model):
    """One session: of a series, or single. Room and leader are never taken twice."""

    data_class = DataClass.SLOT

    STATE = [("planned", "planned"), ("open", "open"), ("closed", "closed"), ("cancelled", "cancelled")]
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="occurrences")
    day = models.DateField(help_text="The site's local day")
    room = models.ForeignKey("programme.Room", models.PROTECT, null=True, related_name="+")
    leader = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    service = models.CharField(max_length=24)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=STATE, default="planned")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_has_length"),
            models.UniqueConstraint(fields=["series", "day"], name="one_session_a_day"),
            ExclusionConstraint(
                name="a_room_is_taken_once", condition=~Q(state="cancelled"),
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (Times("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="a_leader_is_in_one_place", condition=~Q(state="cancelled"),
                expressions=[
                    ("leader", RangeOperators.EQUAL),
                    (Times("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="sessions_by_start"),
                   models.Index(fields=["day"], name="sessions_by_day")]

    def __str__(self) -> str:
        return f"session {self.pk}"


@keeps_history()
class Expected(models.Model):
    """A client expected at a session: by membership when it opens, or booked singly.

    Times are the session's own, copied so that a client is never in two places at once.
    """

    data_class = DataClass.SCHEDULE

    STATE = [("expected", "expected"), ("cancelled", "cancelled")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="expected")
    booked_singly = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=STATE, default="expected")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "occurrence"], name="expected_once"),
            ExclusionConstraint(
                name="a_client_is_in_one_place", condition=Q(state="expected"),
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    (Times("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["occurrence"], name="expected_at"),
                   models.Index(fields=["client", "starts_at"], name="expected_of")]

    def __str__(self) -> str:
        return f"expected {self.pk}"


@keeps_history()
class SessionPractice(models.Model):
    """On which practice a client's single session stands, or why on none: known to the team."""

    data_class = DataClass.PLAN

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    occurrence = models.OneToOneField(Occurrence, models.CASCADE, related_name="+")
    practice = models.CharField(max_length=60, blank=True, help_text="The slug in the library")
    why_none = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=SAID, name="session_practice_or_why_none")]

    def __str__(self) -> str:
        return f"session practice {self.pk}"


@keeps_history()
class SessionLesson(models.Model):
    """The lesson of the curriculum that a session taught, and who said so."""

    data_class = DataClass.GROUP_TITLE
    may_be_deleted = True  # said of the wrong session; history keeps it

    occurrence = models.OneToOneField(Occurrence, models.CASCADE, related_name="lesson")
    lesson = models.CharField(max_length=60, help_text="The slug in the curriculum")
    taught_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"session lesson {self.pk}"


@keeps_history()
class NoContact(models.Model):
    """Two clients who must not meet. Kept silently: apart from the schedule others read."""

    data_class = DataClass.APART

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "other"], name="one_pair"),
            models.CheckConstraint(condition=~Q(client=F("other")), name="two_people"),
        ]

    def __str__(self) -> str:
        return f"no contact {self.pk}"


class ObjectiveSeries(models.Model):
    """A group that a plan's objective is worked on in, from a day to a day (both included).

    `key` is the objective's, the same from version to version of the plan.
    """

    data_class = DataClass.PLAN

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    key = models.UUIDField()
    series = models.ForeignKey(Series, models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "key", "series"],
                                    condition=Q(until_day=None), name="objective_in_series_once")
        ]

    def __str__(self) -> str:
        return f"objective in series {self.pk}"
