"""Who looked at a practice's evidence, or at a lesson; what a client understood of a lesson."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from daybridge.access.policy import DataClass


class PracticeReview(models.Model):
    """One look at a practice's evidence: never changed, the newest counts."""

    data_class = DataClass.LIBRARY
    append_only = True

    practice = models.CharField(max_length=60, help_text="The slug in the library")
    grade = models.CharField(max_length=4, help_text="As the reviewer found it")
    words = models.CharField(max_length=500)
    looked_on = models.DateField()
    next_on = models.DateField()
    looked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(next_on__gt=F("looked_on")), name="looked_at_again_later"),
        ]
        indexes = [models.Index(fields=["practice", "-made_at"], name="reviews_of_practice")]

    def __str__(self) -> str:
        return f"practice review {self.pk}"


class LessonReview(models.Model):
    """One look at a lesson beside its sources: never changed, the newest counts."""

    data_class = DataClass.LIBRARY
    append_only = True

    lesson = models.CharField(max_length=60, help_text="The slug in the curriculum")
    words = models.CharField(max_length=500)
    looked_on = models.DateField()
    next_on = models.DateField()
    looked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(next_on__gt=F("looked_on")), name="lesson_read_again_later"),
        ]
        indexes = [models.Index(fields=["lesson", "-made_at"], name="reviews_of_lesson")]

    def __str__(self) -> str:
        return f"lesson review {self.pk}"


class LessonCheck(models.Model):
    """A client's answers to a lesson's questions, by themselves: never changed, the newest counts."""

    data_class = DataClass.INSTRUMENT
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    lesson = models.CharField(max_length=60, help_text="The slug in the curriculum")
    answers = ArrayField(models.PositiveSmallIntegerField(), help_text="The place of each chosen answer")
    right = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(right__lte=3), name="three_questions")]
        indexes = [models.Index(fields=["client", "lesson", "-answered_at"], name="checks_of_lessons")]

    def __str__(self) -> str:
        return f"lesson check {self.pk}"
