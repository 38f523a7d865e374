"""What was asked and answered, item by item; text packs; which instruments when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from daybridge.access.policy import DataClass

BY = [("self", "the client alone"), ("interviewer", "asked by staff"),
      ("proxy", "somebody who knows the client")]
STATE = [("draft", "begun"), ("finished", "finished"), ("set_aside", "set aside")]
STATUS = [("", "not scored yet"), ("complete", "complete"), ("incomplete", "incomplete")]


class Filling(models.Model):
    """One filling of an instrument. Ended, it never changes: a correction is another filling."""

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    instrument_version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    administered_by = models.CharField(max_length=11, choices=BY)
    mode = models.CharField(max_length=12, choices=[
        ("screen", "own phone or tablet"), ("interview", "interview"), ("paper", "from paper")])
    recall = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=9, choices=STATE, default="draft")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=STATUS, blank=True)
    score = models.JSONField(null=True)
    band = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict)
    scorer_version = models.PositiveSmallIntegerField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    why_replaced = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["client", "instrument"], condition=Q(state="draft"),
                name="%(class)s_one_draft",
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(state="set_aside"),
                name="%(class)s_corrected_once",
            ),
            models.CheckConstraint(
                condition=(Q(state="draft") & Q(ended_at=None))
                | (~Q(state="draft") & Q(ended_at__isnull=False)),
                name="%(class)s_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="%(class)s_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(why_replaced=""),
                name="%(class)s_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="incomplete") | Q(score=None),
                name="%(class)s_never_scored_with_holes",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "instrument", "-started_at"], name="%(class)ss_of"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.pk}"


class Said(models.Model):
    """One answer to one item, by whom. Nothing is overwritten: the newest one stands.

    `value` None is "skipped": the question was put and not answered.
    """

    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    item = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    by_client = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Response(Filling):
    """A filling of any instrument but the alliance check."""

    data_class = DataClass.INSTRUMENT


class Answer(Said):
    """An answer in a response."""

    data_class = DataClass.INSTRUMENT

    response = models.ForeignKey(Response, models.PROTECT, related_name="answers")

    class Meta(Said.Meta):
        indexes = [models.Index(fields=["response", "item", "-id"], name="answers_of")]


class AllianceResponse(Filling):
    """How a client rates the alliance: the rated counsellor does not read it."""

    data_class = DataClass.ALLIANCE


class AllianceAnswer(Said):
    """An answer about the alliance."""

    data_class = DataClass.ALLIANCE

    response = models.ForeignKey(AllianceResponse, models.PROTECT, related_name="answers")

    class Meta(Said.Meta):
        indexes = [models.Index(fields=["response", "item", "-id"], name="alliance_answers_of")]


class Flag(models.Model):
    """Something an answer showed, and when; a later answer does not undo it.

    A critical one opened an alert, to be taken within `minutes`. `follow` names an instrument
    that is due because of it, in the same contact.
    """

    data_class = DataClass.INSTRUMENT
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    response = models.ForeignKey(Response, models.PROTECT, related_name="flags")
    name = models.CharField(max_length=60)
    what = models.CharField(max_length=10, blank=True)
    item = models.CharField(max_length=40, blank=True)
    value = models.JSONField(null=True)
    by_client = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField(null=True)
    follow = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-at"], name="flags_of"),
            models.Index(fields=["response", "at"], name="flags_in"),
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}"


class TextPack(models.Model):
    """The published wording of an instrument, as a site added it. The newest one is used."""

    data_class = DataClass.LIBRARY
    append_only = True

    name = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    source = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    licence_words = models.CharField(max_length=300, blank=True)
    content = models.JSONField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "language", "digest"], name="a_pack_once"),
        ]

    def __str__(self) -> str:
        return f"text pack {self.name} {self.language}"


class Timing(models.Model):
    """When an instrument is due, from a day on: the programme's own choice, with its reason."""

    data_class = DataClass.LIBRARY
    append_only = True

    instrument = models.CharField(max_length=40)
    at_admission = models.BooleanField()
    every_days = models.PositiveSmallIntegerField(null=True)
    at_discharge = models.BooleanField()
    levels = ArrayField(models.CharField(max_length=12), default=list)
    source = models.CharField(max_length=300)
    effective_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_days=None) | Q(every_days__range=(1, 366)),
                name="every_one_to_366_days",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_timing_has_a_source"),
        ]
        indexes = [models.Index(fields=["instrument", "-effective_on"], name="timings_of")]

    def __str__(self) -> str:
        return f"timing {self.instrument} {self.pk}"
