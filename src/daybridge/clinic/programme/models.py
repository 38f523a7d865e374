"""The house: programme, sites, rooms, levels of care, closures, settings."""

from django.db import models
from django.db.models.functions import Now

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass


class Programme(models.Model):
    """The programme this database belongs to. One row; demo or real for ever."""

    data_class = DataClass.PROGRAMME

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=[("demo", "demo"), ("real", "real")])
    phone = models.CharField(max_length=20, help_text="Call this number for help to get in")
    crisis_phone = models.CharField(max_length=20, help_text="Answered day and night")
    address = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_programme")]

    def __str__(self) -> str:
        return f"programme {self.pk}"


class Site(models.Model):
    """A place where the programme treats people."""

    data_class = DataClass.PROGRAMME

    name = models.CharField(max_length=80, unique=True)
    time_zone = models.CharField(max_length=40)
    closed_on = models.DateField(null=True, blank=True, help_text="The first day it is closed")

    def __str__(self) -> str:
        return f"site {self.pk}"


class Room(models.Model):
    """A room with so many seats. A video room has no walls and is never double-booked."""

    data_class = DataClass.PROGRAMME

    site = models.ForeignKey(Site, models.PROTECT)
    name = models.CharField(max_length=60)
    seats = models.PositiveSmallIntegerField()
    is_video = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True, help_text="The first day it is closed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="room_name")]

    def __str__(self) -> str:
        return f"room {self.pk}"


class Closure(models.Model):
    """A day on which a site is closed, all of it or from a time to a time. One to come may be taken back."""

    data_class = DataClass.PROGRAMME
    may_be_deleted = True

    site = models.ForeignKey(Site, models.PROTECT)
    day = models.DateField()
    reason = models.CharField(max_length=80)
    from_clock = models.TimeField(null=True)
    until_clock = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day"], name="one_closure"),
            models.CheckConstraint(
                condition=models.Q(from_clock=None, until_clock=None)
                | models.Q(from_clock__lt=models.F("until_clock")),
                name="a_part_of_a_day_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"closure {self.pk}"


@keeps_history()
class Setting(models.Model):
    """A choice of the programme: value, source, from when, and who looked at it when."""

    data_class = DataClass.PROGRAMME

    key = models.CharField(max_length=60)
    value = models.JSONField()
    source = models.CharField(max_length=300)
    effective_on = models.DateField()
    looked_at_by = models.CharField(max_length=120, blank=True)
    looked_at_on = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "effective_on"], name="one_value_a_day")
        ]

    def __str__(self) -> str:
        return f"setting {self.pk}"


class DemoStory(models.Model):
    """How far a demo clinic's story has been lived. One row, and only in a demo database."""

    data_class = DataClass.PROGRAMME

    marks = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_story")]

    def __str__(self) -> str:
        return f"demo story {self.pk}"
