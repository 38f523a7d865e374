"""The initial evaluation (S1), reasons in the client's own words, readiness, needs."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass

ANSWERED = [("", "not answered yet"), ("none", "none found"), ("some", "found")]


@keeps_history()
class Evaluation(models.Model):
    """One evaluation of a client: may be split over visits; unchangeable once signed."""

    data_class = DataClass.ASSESSMENT

    STATE = [("draft", "being written"), ("complete", "complete"), ("signed", "signed")]
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    evaluator = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=STATE, default="draft")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    medical = models.CharField(max_length=4, choices=ANSWERED, blank=True)
    medical_words = models.TextField(blank=True)
    mental = models.CharField(max_length=4, choices=ANSWERED, blank=True)
    mental_words = models.TextField(blank=True)
    self_harm = models.CharField(max_length=9, default="not_asked", choices=[
        ("yes", "yes"), ("no", "no"), ("not_said", "prefers not to say"),
        ("not_asked", "not asked yet")])
    outside_source = models.CharField(max_length=200, blank=True)
    outside_on = models.DateField(null=True, blank=True)
    outside_reviewed_by = models.ForeignKey("access.User", models.PROTECT, null=True,
                                            related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False)
                | (~Q(state="signed") & Q(signed_at__isnull=True)),
                name="signed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(finished_at__isnull=False),
                name="complete_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(outside_source="") | (
                    Q(outside_on__isnull=False) & Q(outside_reviewed_by__isnull=False)),
                name="outside_is_dated_and_reviewed",
            ),
            models.UniqueConstraint(fields=["client"], condition=~Q(state="signed"),
                                    name="one_unsigned_evaluation"),
        ]
        indexes = [models.Index(fields=["client", "started_at"], name="evaluation_of")]

    def __str__(self) -> str:
        return f"evaluation {self.pk}"


class Visit(models.Model):
    """One sitting of an evaluation."""

    data_class = DataClass.ASSESSMENT

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="visits")
    on = models.DateField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "on", "by"], name="one_visit_a_day"),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk}"


@keeps_history()
class SubstanceRating(models.Model):
    """One substance: eleven answers, how it was used, what they count to and by which scorer."""

    data_class = DataClass.ASSESSMENT

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="substances")
    substance = models.CharField(max_length=12)
    words = models.CharField(max_length=120, blank=True)
    answers = ArrayField(models.CharField(max_length=9), size=11)
    as_prescribed = models.BooleanField(default=False)
    last_use = models.CharField(max_length=120, blank=True)
    frequency = models.CharField(max_length=120, blank=True)
    route = models.CharField(max_length=120, blank=True)
    count = models.PositiveSmallIntegerField()
    severity = models.CharField(max_length=8)
    scorer_version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "substance"], name="substance_once"),
            models.CheckConstraint(condition=Q(count__lte=11), name="at_most_eleven_criteria"),
        ]

    def __str__(self) -> str:
        return f"substance rating {self.pk}"


@keeps_history()
class AreaRating(models.Model):
    """One of six areas, 0 to 4, with the reason."""

    data_class = DataClass.ASSESSMENT

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="areas")
    area = models.CharField(max_length=1, choices=[(letter, letter) for letter in "WBMRCE"])
    rating = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "area"], name="area_once"),
            models.CheckConstraint(condition=Q(rating__lte=4), name="areas_are_rated_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"area rating {self.pk}"


@keeps_history()
class CriterionAnswer(models.Model):
    """A W1 or W2 criterion, or a flag for placement: yes, no or not known, and why."""

    data_class = DataClass.ASSESSMENT

    ANSWER = [("yes", "yes"), ("no", "no"), ("not_known", "not known")]
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="criteria")
    key = models.CharField(max_length=40)
    answer = models.CharField(max_length=9, choices=ANSWER)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "key"], name="criterion_once"),
        ]

    def __str__(self) -> str:
        return f"criterion answer {self.pk}"


class Addendum(models.Model):
    """What is added to a signed evaluation."""

    data_class = DataClass.ASSESSMENT
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="addenda")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["evaluation", "at"], name="addenda_of")]

    def __str__(self) -> str:
        return f"addendum {self.pk}"


@keeps_history()
class Need(models.Model):
    """Something a person needs, in words: found by whom or by what, and how pressing."""

    data_class = DataClass.ASSESSMENT

    URGENCY = [("routine", "routine"), ("soon", "soon"), ("high", "urgent")]
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    domain = models.CharField(max_length=24)
    words = models.CharField(max_length=500)
    urgency = models.CharField(max_length=7, choices=URGENCY, default="routine")
    source = models.CharField(max_length=80, blank=True, help_text="What found it, once each")
    source_words = models.CharField(max_length=120, blank=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "source"], condition=~Q(source=""),
                                    name="a_source_finds_a_need_once"),
        ]
        indexes = [models.Index(fields=["client", "found_at"], name="needs_of_client")]

    def __str__(self) -> str:
        return f"need {self.pk}"


class Times(Func):
    """tstzrange(from_at, until_at), end excluded."""

    function = "tstzrange"


class NeedAnswer(models.Model):
    """One answer to a need, from a moment on; it may end once and is never rewritten."""

    data_class = DataClass.ASSESSMENT

    ANSWER = [("here", "treated here"), ("referred", "referred"), ("deferred", "put off"),
              ("declined", "declined by the client")]
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=8, choices=ANSWER)
    words = models.CharField(max_length=500, blank=True)
    again_on = models.DateField(null=True)
    referral = models.ForeignKey("referrals.Referral", models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
                                   name="an_answer_ends_after_it_begins"),
            ExclusionConstraint(
                name="one_answer_at_a_time",
                expressions=[("need", RangeOperators.EQUAL),
                             (Times("from_at", "until_at"), RangeOperators.OVERLAPS)],
            ),
            models.UniqueConstraint(fields=["need"], condition=Q(until_at=None),
                                    name="one_current_answer_a_need"),
            models.CheckConstraint(condition=~Q(answer="deferred") | Q(again_on__isnull=False),
                                   name="put_off_until_a_day"),
            models.CheckConstraint(condition=~Q(answer="referred") | Q(referral__isnull=False)
                                   | ~Q(words=""), name="referred_to_somebody"),
        ]
        indexes = [
            models.Index(fields=["client", "need", "from_at"], name="need_answers_of"),
            models.Index(fields=["again_on"], condition=Q(until_at=None), name="answers_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"need answer {self.pk}"


@keeps_history()
class Reason(models.Model):
    """Why this person wants change, in their own words."""

    data_class = DataClass.ASSESSMENT

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    words = models.TextField()
    said_at = models.DateTimeField()
    written_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    by_client = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client", "said_at"], name="reasons_of")]

    def __str__(self) -> str:
        return f"reason {self.pk}"


class Readiness(models.Model):
    """The rulers: importance, confidence, readiness, each 0 to 10, on a day."""

    data_class = DataClass.ASSESSMENT
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    importance = models.PositiveSmallIntegerField()
    confidence = models.PositiveSmallIntegerField()
    readiness = models.PositiveSmallIntegerField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(importance__lte=10, confidence__lte=10, readiness__lte=10),
                name="rulers_run_0_to_10",
            ),
        ]
        indexes = [models.Index(fields=["client", "at"], name="readiness_of")]

    def __str__(self) -> str:
        return f"readiness {self.pk}"
