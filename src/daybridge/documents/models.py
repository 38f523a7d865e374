"""Consents, what left the house, documents in the chart, clients' requests."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from daybridge.access.policy import DataClass


class Consent(models.Model):
    """A consent as it is put before the client: its words never change afterwards."""

    data_class = DataClass.CONSENTS
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    recipient = models.CharField(max_length=160)
    address = models.CharField(max_length=300, blank=True)
    supporter_user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=20)
    classes = ArrayField(models.CharField(max_length=20))
    expires_on = models.DateField(null=True, help_text="The last day, as the text says it")
    expires_at = models.DateTimeField(null=True, help_text="The moment after that day")
    expiry_event = models.CharField(max_length=160, blank=True)
    irrevocable = models.BooleanField(default=False, help_text="Until the event: 42 CFR 2.35")
    words = models.TextField(help_text="Exactly what is shown and signed")
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    offered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "-offered_at"], name="consents_of")]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class ConsentEnd(models.Model):
    """The end of a consent: stopped, or its event happened. For one party, or for all."""

    data_class = DataClass.CONSENTS
    append_only = True

    CAUSE = [("stopped", "stopped"), ("event", "its event happened"), ("dropped", "never signed")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="+")
    cause = models.CharField(max_length=7, choices=CAUSE)
    party = models.CharField(max_length=160, blank=True, help_text="Empty: for everybody")
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "party"], name="a_consent_ends_once_a_party")
        ]

    def __str__(self) -> str:
        return f"end of consent {self.pk}"


class Restriction(models.Model):
    """What we agreed to tell a party no more (2.26). Whoever may disclose must be able to see it."""

    data_class = DataClass.CONSENTS
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    party = models.CharField(max_length=160)
    request_id = models.BigIntegerField()
    agreed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client"], name="restrictions_of")]

    def __str__(self) -> str:
        return f"restriction {self.pk}"


class Disclosure(models.Model):
    """One row of the client's ledger: what left the house (42 CFR 2.25)."""

    data_class = DataClass.DISCLOSURE
    append_only = True

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    recipient = models.CharField(max_length=160)
    address = models.CharField(max_length=300, blank=True)
    purpose = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    classes = ArrayField(models.CharField(max_length=20))
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    notice_version = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of what left")
    size = models.PositiveIntegerField(help_text="Bytes")
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="disclosures_of")]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"


class ScannedDocument(models.Model):
    """A document in the chart. Row-level security asks the class that the row is bound to."""

    data_class = DataClass.CONSENTS  # what it would be without the column below
    class_column = "bound_to"
    bound_classes = (
        DataClass.IDENTITY, DataClass.CONSENTS, DataClass.PAYER, DataClass.STAY,
        DataClass.PLACEMENT, DataClass.ASSESSMENT, DataClass.INSTRUMENT, DataClass.MEDICAL,
        DataClass.MEDICINE, DataClass.REFERRAL, DataClass.NOTE, DataClass.COUNSELLING_NOTE,
    )
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    bound_to = models.CharField(max_length=20)
    kind = models.CharField(max_length=16)
    about = models.CharField(max_length=160, blank=True, help_text="In a few words")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    media_type = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes")
    content = models.BinaryField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bound_to__in=[
                    "identity", "consents", "payer", "stay", "placement", "assessment", "instrument",
                    "medical", "medicine", "referral", "note", "counselling_note",
                ]),
                name="bound_to_a_class_of_documents",
            ),
            models.CheckConstraint(
                condition=models.Q(media_type__in=["application/pdf", "image/png", "image/jpeg"]),
                name="a_document_is_pdf_png_or_jpeg",
            ),
            models.CheckConstraint(condition=models.Q(size__lte=10_000_000), name="at_most_10_mb"),
        ]
        indexes = [models.Index(fields=["client", "-added_at"], name="documents_of")]

    def __str__(self) -> str:
        return f"document {self.pk}"


class Request(models.Model):
    """What a client asks of us about their record: it has a clock."""

    data_class = DataClass.REQUEST
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    words = models.TextField()
    party = models.CharField(max_length=160, blank=True, help_text="Whom a restriction is about")
    received_on = models.DateField()
    due_on = models.DateField()
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "-received_on"], name="requests_of")]

    def __str__(self) -> str:
        return f"request {self.pk}"


class RequestExtension(models.Model):
    """The one extension by 30 days, with the words that went to the client."""

    data_class = DataClass.REQUEST
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    request = models.OneToOneField(Request, models.CASCADE, related_name="extension")
    due_on = models.DateField()
    words = models.TextField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"extension {self.pk}"


class RequestAnswer(models.Model):
    """The answer, with its ground."""

    data_class = DataClass.REQUEST
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    request = models.OneToOneField(Request, models.CASCADE, related_name="answer")
    outcome = models.CharField(max_length=8)
    ground = models.CharField(max_length=24, blank=True)
    words = models.TextField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer {self.pk}"
