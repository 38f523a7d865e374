"""Observations, withdrawal scales, warnings and their answers, offers of medicine, medical needs."""

from django.db import models
from django.db.models import Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass
from daybridge.care.medical.rules import (
    CONSENT,
    DECISION,
    SEEN_BY,
    SEVERITY,
    SUBSTANCE,
    URGENCY,
    WHERE,
    WISH,
)


class OfClient(models.Model):
    """What every record here shares: whose it is, who wrote it, when."""

    data_class = DataClass.MEDICAL
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True


class Observation(OfClient):
    """One thing seen at a moment; a later one does not change it."""

    kind = models.CharField(max_length=24)
    number = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    number2 = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    choice = models.CharField(max_length=16, blank=True)
    moment = models.DateTimeField(null=True)
    source = models.CharField(max_length=10, choices=SEEN_BY)
    words = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "kind", "-seen_at"], name="observations_of")]

    def __str__(self) -> str:
        return f"observation {self.pk}"


class Struck(OfClient):
    """An observation or scale that was entered by mistake: it no longer counts, and stays."""

    observation = models.OneToOneField(Observation, models.PROTECT, null=True, related_name="struck")
    scale = models.OneToOneField("Scale", models.PROTECT, null=True, related_name="struck")
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(observation=None, scale__isnull=False)
                | Q(observation__isnull=False, scale=None),
                name="struck_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"struck {self.pk}"


class Scale(OfClient):
    """A withdrawal scale: the points of every item, and what they came to."""

    KIND = [("cows", "COWS"), ("ciwa_ar", "CIWA-Ar")]
    kind = models.CharField(max_length=7, choices=KIND)
    points = models.JSONField()
    total = models.PositiveSmallIntegerField(null=True, help_text="NULL: an item was not looked at")
    band = models.CharField(max_length=20, blank=True)
    scored_by = models.CharField(max_length=20)
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "kind", "-seen_at"], name="scales_of")]

    def __str__(self) -> str:
        return f"scale {self.pk}"


class Warned(OfClient):
    """What a check said, with the facts it saw: a prescriber answers it."""

    rule = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    severity = models.CharField(max_length=6, choices=SEVERITY)
    planned = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=80)
    words = models.TextField()
    because = models.JSONField()
    missing = models.JSONField()
    source = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    warned_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "-warned_at"], name="warnings_of")]

    def __str__(self) -> str:
        return f"warning {self.pk}"


class WarningAnswer(OfClient):
    """A prescriber's answer, with the reason; silence is none."""

    warned = models.OneToOneField(Warned, models.PROTECT, related_name="answer")
    decision = models.CharField(max_length=13, choices=DECISION)
    reason = models.TextField()
    name = models.CharField(max_length=120)
    credential = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="an_answer_has_a_reason")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Lapse(OfClient):
    """The facts behind a warning no longer hold."""

    warned = models.OneToOneField(Warned, models.PROTECT, related_name="lapse")

    def __str__(self) -> str:
        return f"lapse {self.pk}"


class Offer(OfClient):
    """A medicine for a disorder was offered, and what the client wants (P10)."""

    substance = models.CharField(max_length=7, choices=SUBSTANCE)
    medicine = models.CharField(max_length=120)
    wish = models.CharField(max_length=8, choices=WISH)
    why = models.CharField(max_length=300, blank=True)
    ask_again_on = models.DateField(null=True)
    offered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(wish="not_now") | Q(ask_again_on__isnull=False),
                name="not_now_is_asked_again",
            )
        ]
        indexes = [models.Index(fields=["client", "substance", "-offered_at"], name="offers_of")]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class Begun(OfClient):
    """A medicine that was wanted has begun, here or with a partner."""

    substance = models.CharField(max_length=7, choices=SUBSTANCE)
    medicine = models.CharField(max_length=120)
    begun_on = models.DateField()
    here = models.BooleanField()
    prescriber = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["client", "substance", "begun_on"], name="begun_of")]

    def __str__(self) -> str:
        return f"begun {self.pk}"


@keeps_history()
class OutsidePrescriber(models.Model):
    """Somebody outside who prescribes: may we tell them, and were they told?"""

    data_class = DataClass.MEDICAL

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    consent = models.CharField(max_length=9, choices=CONSENT, default="not_asked")
    consented_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=200, blank=True)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "name"], name="one_row_a_prescriber"),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(consent="yes"), name="nobody_is_told_without_consent"
            ),
            models.CheckConstraint(
                condition=~Q(consent="yes") | Q(consented_at__isnull=False), name="consent_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"outside prescriber {self.pk}"


class MedicalNeed(OfClient):
    """A medical need, found by answers themselves or by a person; seen in time or not (S9)."""

    words = models.CharField(max_length=200)
    urgency = models.CharField(max_length=15, choices=URGENCY)
    source = models.CharField(max_length=80)
    topic = models.CharField(max_length=20, blank=True)
    found_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "source"], name="an_answer_shows_one_need")
        ]
        indexes = [models.Index(fields=["client", "due_at"], name="medical_needs_of")]

    def __str__(self) -> str:
        return f"medical need {self.pk}"


class SeenBy(OfClient):
    """A physician, or the client's own doctor, saw the client for a need."""

    need = models.OneToOneField(MedicalNeed, models.PROTECT, related_name="seen")
    where = models.CharField(max_length=9, choices=WHERE)
    who = models.CharField(max_length=120)
    words = models.CharField(max_length=500, blank=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"seen {self.pk}"
