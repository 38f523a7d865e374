"""Arriving without the desk: a client's code for the door, and the devices that take it."""

from django.db import models
from django.db.models import Q

from daybridge.access.policy import DataClass


class DoorCode(models.Model):
    """Six digits by which a client says that they are here; one stands, a new one ends it."""

    data_class = DataClass.ARRIVAL

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    code = models.CharField(max_length=6)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "hours"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(ended_at=None), name="a_code_is_one_persons"),
            models.UniqueConstraint(
                fields=["client"], condition=Q(ended_at=None), name="one_code_a_client"),
        ]

    def __str__(self) -> str:
        return f"door code {self.pk}"


class KioskDevice(models.Model):
    """A tablet at the door. Its address is private; only the digest of it is kept."""

    data_class = DataClass.ACCOUNT

    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the address's secret")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0, help_text="Codes of nobody since wrong_since")
    wrong_since = models.DateTimeField(null=True)

    class Meta:
        app_label = "hours"

    def __str__(self) -> str:
        return f"kiosk {self.pk}"
