"""The call for help, what stands in its way, and the way to an evaluation."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass

ANSWER = [("yes", "yes"), ("no", "no"), ("not_said", "prefers not to say"),
          ("not_asked", "not asked yet")]
_WHILE = Func(F("starts_at"), F("ends_at"), RangeBoundary(), function="TSTZRANGE",
              output_field=DateTimeRangeField())


@keeps_history()
class Inquiry(models.Model):
    """One call for help, from the first contact to admission or a named alternative."""

    data_class = DataClass.INQUIRY

    CAME_BY = [("phone", "by phone"), ("walk_in", "walked in"), ("web", "by the web page"),
               ("referrer", "by a referrer")]
    ASKED_BY = [("self", "the person"), ("relative", "a relative"), ("referrer", "a referrer")]
    STATE = [("open", "open"), ("evaluated", "evaluated"), ("admitted", "admitted"),
             ("closed", "closed without admission")]

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    came_by = models.CharField(max_length=8, choices=CAME_BY)
    asked_by = models.CharField(max_length=8, choices=ASKED_BY, default="self")
    asker_name = models.CharField(max_length=120, blank=True)
    asker_relation = models.CharField(max_length=60, blank=True)
    asker_phone = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="en")
    first_contact_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    opened_in_contact = models.PositiveSmallIntegerField(default=1)
    contacts = models.PositiveSmallIntegerField(default=1)
    offered_in_contact = models.PositiveSmallIntegerField(null=True, blank=True)
    questions = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=STATE, default="open")
    evaluated_at = models.DateTimeField(null=True, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, blank=True)
    alternative = models.CharField(max_length=300, blank=True)
    reviewer = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed") | (
                    ~Q(closed_reason="") & ~Q(alternative="") & Q(reviewer__isnull=False)
                    & Q(closed_at__isnull=False)
                ),
                name="nobody_is_sent_away_without_reason",
            ),
            models.CheckConstraint(
                condition=Q(first_contact_at__lte=F("entered_at")),
                name="inquiry_is_entered_after_contact",
            ),
            models.UniqueConstraint(
                fields=["client"], condition=Q(state__in=("open", "evaluated")),
                name="one_open_inquiry_a_client",
            ),
        ]
        indexes = [
            models.Index(fields=["first_contact_at"], name="inquiry_waiting",
                         condition=Q(state__in=("open", "evaluated"))),
            models.Index(fields=["closed_at"], name="inquiry_closed"),
            models.Index(fields=["client"], name="inquiry_of"),
        ]

    def __str__(self) -> str:
        return f"inquiry {self.pk}"


@keeps_history()
class SafetyAnswers(models.Model):
    """The six safety questions, one row an inquiry; not asked is no "no"."""

    data_class = DataClass.INQUIRY

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    inquiry = models.OneToOneField(Inquiry, models.PROTECT, related_name="safety")
    recent_use = models.CharField(max_length=9, choices=ANSWER, default="not_asked")
    seizure = models.CharField(max_length=9, choices=ANSWER, default="not_asked")
    suicide = models.CharField(max_length=9, choices=ANSWER, default="not_asked")
    pregnant = models.CharField(max_length=9, choices=ANSWER, default="not_asked")
    injecting = models.CharField(max_length=9, choices=ANSWER, default="not_asked")
    in_danger = models.CharField(max_length=9, choices=ANSWER, default="not_asked")
    last_alcohol = models.CharField(max_length=60, blank=True)
    last_sedative = models.CharField(max_length=60, blank=True)
    last_opioid = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"safety answers {self.pk}"


@keeps_history()
class Hurdle(models.Model):
    """Something that stands between a person and treatment, with an owner and a date."""

    data_class = DataClass.INQUIRY

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="hurdles")
    what = models.CharField(max_length=200)
    named_at = models.DateTimeField()
    owner = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answered_at__isnull=True) | ~Q(how=""),
                                   name="an_answered_hurdle_says_how"),
        ]
        indexes = [models.Index(fields=["inquiry", "answered_at"], name="hurdles_of")]

    def __str__(self) -> str:
        return f"hurdle {self.pk}"


class InterimHelp(models.Model):
    """Help given while somebody waits."""

    data_class = DataClass.INQUIRY
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="interim_help")
    what = models.CharField(max_length=200)
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    given_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["inquiry", "at"], name="interim_help_of")]

    def __str__(self) -> str:
        return f"interim help {self.pk}"


class ContactLog(models.Model):
    """One contact with the person who asked, or somebody who asks for them."""

    data_class = DataClass.INQUIRY
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="contact_log")
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    how = models.CharField(max_length=8, choices=Inquiry.CAME_BY)
    reached = models.BooleanField(default=True)
    words = models.TextField(blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["inquiry", "at"], name="contacts_of")]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class EvaluationSlot(models.Model):
    """A time, a room and an evaluator offered for an evaluation; no client."""

    data_class = DataClass.SLOT

    room = models.ForeignKey("programme.Room", models.PROTECT, related_name="+")
    evaluator = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    holds_room = models.BooleanField(default=True, help_text="False in a video room")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")),
                                   name="a_slot_ends_after_it_begins"),
            ExclusionConstraint(
                name="an_evaluator_is_in_one_place",
                expressions=[("evaluator", RangeOperators.EQUAL),
                             (_WHILE, RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at__isnull=True),
            ),
            ExclusionConstraint(
                name="a_room_holds_one_evaluation",
                expressions=[("room", RangeOperators.EQUAL), (_WHILE, RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at__isnull=True, holds_room=True),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="slots_by_start")]

    def __str__(self) -> str:
        return f"evaluation slot {self.pk}"


@keeps_history()
class EvaluationBooking(models.Model):
    """A client's place in an evaluation slot."""

    data_class = DataClass.SCHEDULE

    STATE = [("booked", "booked"), ("came", "came"), ("missed", "missed, no word yet"),
             ("cancelled", "cancelled")]
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    slot = models.ForeignKey(EvaluationSlot, models.PROTECT, related_name="bookings")
    state = models.CharField(max_length=9, choices=STATE, default="booked")
    booked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot"], condition=~Q(state="cancelled"),
                                    name="a_slot_is_booked_once"),
            models.UniqueConstraint(fields=["client"], condition=Q(state="booked"),
                                    name="one_booked_evaluation_a_client"),
        ]
        indexes = [models.Index(fields=["client", "state"], name="booking_of")]

    def __str__(self) -> str:
        return f"evaluation booking {self.pk}"


class WebInquiry(models.Model):
    """A call for help from the public page; its writer may not read it back."""

    data_class = DataClass.WEB_INQUIRY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, blank=True)
    contact_kind = models.CharField(max_length=5, choices=[("phone", "phone"),
                                                           ("email", "e-mail")])
    contact = models.CharField(max_length=254)
    safe_call = models.BooleanField(default=False)
    safe_text = models.BooleanField(default=False)
    for_whom = models.CharField(max_length=5, choices=[("self", "self"),
                                                       ("other", "somebody else")])
    language = models.CharField(max_length=5, default="en")
    words = models.TextField(blank=True)
    wanted_time = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField()
    call_by = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["came_at"], name="web_inquiry_waiting",
                                condition=Q(taken_at__isnull=True))]

    def __str__(self) -> str:
        return f"web inquiry {self.pk}"


class HelpDesk(models.Model):
    """What the public page promises: who calls back, how soon, between which hours."""

    data_class = DataClass.PROGRAMME

    only = models.BooleanField(default=True, unique=True)
    caller = models.CharField(max_length=120)
    call_back_minutes = models.PositiveSmallIntegerField(default=120)
    from_hour = models.PositiveSmallIntegerField(default=9)
    until_hour = models.PositiveSmallIntegerField(default=18)
    partner_for_minors = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(only=True) & Q(from_hour__lt=F("until_hour"))
                & Q(until_hour__lte=24) & Q(call_back_minutes__lte=1440),
                name="the_desk_is_open_some_hours",
            ),
        ]

    def __str__(self) -> str:
        return "help desk"
