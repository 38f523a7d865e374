"""The outbox: every message that goes out, or was held back, and why."""

import uuid

from django.db import models
from django.db.models import Q

from daybridge.access.policy import DataClass


class Message(models.Model):
    """Neutral words to one person on one channel.

    A client's number is not kept here: it is looked up, with what is allowed on it, at the
    moment of sending. `sealed` holds a code or link, encrypted, until the message is done.
    The key is a UUID because several writers may not read what they have written.
    """

    data_class = DataClass.MESSAGE

    VIA = [("text", "text message"), ("email", "e-mail")]
    STATE = [
        ("waiting", "waiting"),
        ("claimed", "claimed"),
        ("sent", "sent"),
        ("failed", "failed"),
        ("withheld", "withheld"),
    ]
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("people.Client", models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    via = models.CharField(max_length=5, choices=VIA)
    language = models.CharField(max_length=5)
    template = models.CharField(max_length=12)
    body = models.CharField(max_length=480)
    sealed = models.TextField(blank=True)
    any_hour = models.BooleanField(default=False)
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=STATE, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=False) | ~Q(address="") | Q(state="withheld"),
                name="a_message_has_a_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(state="claimed") | Q(claimed_at__isnull=False),
                name="a_claim_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(done_at__isnull=False, claimed_at__isnull=False),
                name="sent_was_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["withheld", "failed"]) | ~Q(error=""),
                name="not_sent_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="messages_due"),
            models.Index(fields=["state", "made_at"], name="messages_by_state"),
            models.Index(fields=["client"], name="messages_of"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
