"""The one-time link that lets somebody in for the first time, or anew."""

from django.db import models

from daybridge.access.policy import DataClass


class Invitation(models.Model):
    """A link to one's own account. Only the link's digest is kept; it works once, for a time."""

    data_class = DataClass.ACCOUNT

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's secret")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "access"
        indexes = [models.Index(fields=["user", "expires_at"], name="invitation_of")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
