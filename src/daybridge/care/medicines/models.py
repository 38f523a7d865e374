"""Medicines as the client takes them, allergies, medicines considered, naloxone kits."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass

SOURCE = [("client", "the client"), ("bottle", "the bottle or package"),
          ("letter", "a prescriber's letter"), ("monitoring", "the prescription monitoring programme"),
          ("pharmacy", "the pharmacy"), ("here", "prescribed by our physician")]
TAKEN = [("yes", "yes"), ("partly", "not always"), ("no", "no"), ("not_asked", "not asked")]


@keeps_history()
class Medicine(models.Model):
    """What somebody takes, as they say it, from a day until a day; never removed."""

    data_class = DataClass.MEDICINE

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    classes = ArrayField(models.CharField(max_length=20), null=True, help_text="NULL: not known")
    dose = models.CharField(max_length=120, blank=True)
    how_often = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    end_why = models.CharField(max_length=200, blank=True)
    prescriber = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=10, choices=SOURCE)
    as_prescribed = models.CharField(max_length=9, choices=TAKEN, default="not_asked")
    mistaken = models.BooleanField(default=False, help_text="Listed by mistake: never taken")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="a_medicine_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | ~Q(end_why=""), name="a_medicine_ends_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["client", "until"], name="medicines_of")]

    def __str__(self) -> str:
        return f"medicine {self.pk}"


@keeps_history()
class Allergy(models.Model):
    """What somebody does not bear, and what happened."""

    data_class = DataClass.MEDICINE

    SEVERITY = [(one, one) for one in ("mild", "moderate", "severe", "not known")]
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    to = models.CharField(max_length=120)
    classes = ArrayField(models.CharField(max_length=20), null=True)
    reaction = models.CharField(max_length=200, blank=True)
    severity = models.CharField(max_length=9, choices=SEVERITY, default="not known")
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client"], condition=Q(ended_at=None), name="allergies_of")]

    def __str__(self) -> str:
        return f"allergy {self.pk}"


class Asked(models.Model):
    """Somebody asked for medicines or allergies, and whether there were any."""

    data_class = DataClass.MEDICINE
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    what = models.CharField(max_length=9, choices=[("medicines", "medicines"), ("allergies", "allergies")])
    answer = models.CharField(max_length=4, choices=[("none", "none known"), ("some", "listed")])
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "what", "-at"], name="asked_of")]

    def __str__(self) -> str:
        return f"asked {self.pk}"


@keeps_history()
class Considered(models.Model):
    """A prescriber, here or elsewhere, thinks of starting a medicine: it is checked before."""

    data_class = DataClass.MEDICINE

    OUTCOME = [("", "under thought"), ("begun", "begun"), ("dropped", "not started")]
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    classes = ArrayField(models.CharField(max_length=20), null=True)
    prescriber = models.CharField(max_length=120)
    here = models.BooleanField(default=False)
    stated_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=OUTCOME, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "name"], condition=Q(outcome=""), name="one_thought_a_medicine"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(settled_at__isnull=False), name="settled_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"considered {self.pk}"


class KitLot(models.Model):
    """Naloxone kits of one lot in the house."""

    data_class = DataClass.SUPPLY

    lot = models.CharField(max_length=40, unique=True)
    expires_on = models.DateField()
    received = models.PositiveSmallIntegerField()
    left = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(left__lte=F("received")), name="no_more_kits_than_came")
        ]

    def __str__(self) -> str:
        return f"lot {self.pk}"


class Kit(models.Model):
    """A naloxone kit in somebody's hand, and who was taught to use it."""

    data_class = DataClass.MEDICINE
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    lot = models.CharField(max_length=40)
    expires_on = models.DateField()
    given_on = models.DateField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    from_elsewhere = models.BooleanField(default=False)
    client_taught = models.BooleanField()
    supporters_taught = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "-given_on"], name="kits_of")]

    def __str__(self) -> str:
        return f"kit {self.pk}"
