"""What a measure was when its month was frozen. No names, no cases: figures alone."""

from django.db import models

from daybridge.access.policy import DataClass


class FrozenValue(models.Model):
    """A measure's value of a month that is over, with the version of its definition.

    It never changes; a later correction of the records shows beside it as restated.
    """

    data_class = DataClass.QUALITY
    append_only = True

    measure = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField()
    month = models.DateField(help_text="Its first day")
    value = models.FloatField(null=True, help_text="None: not measurable")
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    numerator = models.PositiveIntegerField(null=True)
    denominator = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "month"], name="a_month_is_frozen_once")
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.month}"
