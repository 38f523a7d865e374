"""Services, partners, referrals out with their steps, referrals in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass
from daybridge.clinic.referrals.rules import AGREEMENTS, SENDERS, TOLD


@keeps_history()
class Partner(models.Model):
    """Somebody beside us who does what we don't."""

    data_class = DataClass.PARTNER

    name = models.CharField(max_length=120, unique=True)
    does = models.CharField(max_length=500, blank=True)
    services = ArrayField(models.CharField(max_length=24), default=list)
    agreement = models.CharField(max_length=5, choices=AGREEMENTS, default="none")
    agreed_on = models.DateField(null=True)
    waiting_days = models.PositiveSmallIntegerField(null=True)
    waiting_asked_on = models.DateField(null=True)
    languages = models.CharField(max_length=120, blank=True)
    payers = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(agreement="none") | Q(agreed_on__isnull=False),
                                   name="an_agreement_has_a_date"),
            models.CheckConstraint(
                condition=Q(waiting_days=None) | Q(waiting_asked_on__isnull=False),
                name="waiting_days_are_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"partner {self.pk}"


class ServiceChoice(models.Model):
    """Who does a service from a day on; the newest holds, the past stays."""

    data_class = DataClass.PARTNER
    append_only = True

    DOER = [("we", "we do it"), ("partner", "a partner does it"), ("nobody", "nobody does it yet")]
    service = models.CharField(max_length=24)
    doer = models.CharField(max_length=7, choices=DOER)
    from_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["service", "-from_on", "-id"], name="service_choices_of")]

    def __str__(self) -> str:
        return f"service choice {self.pk}"


@keeps_history()
class Referral(models.Model):
    """Somebody sent on for what we don't do, followed until the loop is closed."""

    data_class = DataClass.REFERRAL

    URGENCY = [("routine", "routine"), ("soon", "soon"), ("high", "urgent")]
    STATE = [("sent", "sent"), ("accepted", "accepted"), ("seen", "client was seen"),
             ("answered", "answer received"), ("acted_on", "acted on, closed"),
             ("turned_down", "turned down, closed"), ("not_seen", "did not come about, closed")]
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    to_words = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=24, help_text="A service of the catalogue")
    need_id = models.BigIntegerField(null=True, help_text="The need it answers (assessment)")
    urgency = models.CharField(max_length=7, choices=URGENCY, default="routine")
    why = models.CharField(max_length=1000)
    owner = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    seen_due_at = models.DateTimeField()
    loop_due_at = models.DateTimeField()
    state = models.CharField(max_length=11, choices=STATE, default="sent")
    state_at = models.DateTimeField()
    chased_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(partner__isnull=False) | ~Q(to_words=""),
                                   name="a_referral_goes_to_somebody"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False,
                            state__in=["acted_on", "turned_down", "not_seen"])
                | Q(closed_at=None, state__in=["sent", "accepted", "seen", "answered"]),
                name="closed_by_how_it_ended"),
            models.CheckConstraint(condition=Q(loop_due_at__gte=F("seen_due_at")),
                                   name="the_loop_closes_after_the_visit"),
        ]
        indexes = [
            models.Index(fields=["client", "-sent_at"], name="referrals_of"),
            models.Index(fields=["seen_due_at"], condition=Q(closed_at=None), name="open_loops"),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"


class ReferralStep(models.Model):
    """One dated step of a referral: who noted it, when it happened, what was said."""

    data_class = DataClass.REFERRAL
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=11)
    words = models.CharField(max_length=1000, blank=True)
    on = models.DateField(help_text="The day it happened")
    at = models.DateTimeField(help_text="When it was noted")
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="referral_steps_of")]

    def __str__(self) -> str:
        return f"referral step {self.pk}"


@keeps_history()
class ReferralIn(models.Model):
    """Somebody sent a client to us: who, what they ask, and what they were told."""

    data_class = DataClass.REFERRAL

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    from_kind = models.CharField(max_length=8, choices=SENDERS)
    from_words = models.CharField(max_length=200)
    asks = models.CharField(max_length=1000, blank=True)
    came_on = models.DateField()
    entered_at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    told = models.CharField(max_length=7, choices=TOLD, blank=True)
    answer_words = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, told="") | (Q(answered_on__isnull=False) & ~Q(told="")),
                name="answered_says_what_was_told"),
        ]
        indexes = [models.Index(fields=["client", "-came_on"], name="referrals_in_of")]

    def __str__(self) -> str:
        return f"referral in {self.pk}"
