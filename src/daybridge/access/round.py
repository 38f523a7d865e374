"""When each background job came to its end: what a page needs to tell "nothing" from "not known"."""

from django.db import models

from daybridge.access.policy import DataClass


class Round(models.Model):
    """The last end of one job that runs again and again, and when it should have ended anew."""

    data_class = DataClass.ROUND

    name = models.CharField(primary_key=True, max_length=40)
    ended_at = models.DateTimeField()
    late_at = models.DateTimeField(help_text="Later than this, its facts are not known any more")

    class Meta:
        app_label = "access"

    def __str__(self) -> str:
        return f"round {self.name}"
