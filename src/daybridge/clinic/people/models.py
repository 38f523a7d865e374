"""Clients, staff with licences and deputies, supporters. One data class, its own tables."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass
from daybridge.clinic.people.models_papers import LicencePaper
from daybridge.clinic.people.models_staff import Absence, LicenceCheck, Supervision

__all__ = [
    "Absence", "Client", "ClientIdentity", "ClientProfile", "ContactPoint", "IdentityToken", "Licence",
    "LicenceCheck", "LicencePaper", "NameToken", "SamePerson", "Staff", "Supervision", "Supporter",
]


@keeps_history()
class Client(models.Model):
    """A person who asked for help: the name they use, and nothing more."""

    data_class = DataClass.NAME

    preferred_name = models.CharField(max_length=255)
    pronouns = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"client {self.pk}"


@keeps_history()
class ClientIdentity(models.Model):
    """Legal name, former names and date of birth."""

    data_class = DataClass.IDENTITY

    client = models.OneToOneField(Client, models.CASCADE, related_name="identity")
    legal_name = models.CharField(max_length=255, blank=True)
    former_names = models.CharField(max_length=255, blank=True)
    birth_date = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["birth_date"], name="by_birth_date")]

    def __str__(self) -> str:
        return f"identity {self.pk}"


class NameToken(models.Model):
    """A word of the preferred name, folded for search by prefix."""

    data_class = DataClass.NAME
    may_be_deleted = True

    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    word = models.CharField(max_length=255, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["word", "client"], name="name_prefix")]

    def __str__(self) -> str:
        return f"name token {self.pk}"


class IdentityToken(models.Model):
    """A word of a legal or former name: found only by those who may know it."""

    data_class = DataClass.IDENTITY
    may_be_deleted = True

    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    word = models.CharField(max_length=255, db_collation="C")
    skeleton = models.CharField(max_length=255, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["word", "client"], name="identity_prefix"),
            models.Index(fields=["skeleton", "client"], name="identity_skeleton"),
        ]

    def __str__(self) -> str:
        return f"identity token {self.pk}"


@keeps_history()
class ContactPoint(models.Model):
    """A telephone number or e-mail address, and what is allowed and safe on it."""

    data_class = DataClass.CONTACT

    KIND = [("phone", "telephone"), ("email", "e-mail")]
    SAFE = [("yes", "safe"), ("no", "not safe"), ("not_asked", "not asked yet")]
    client = models.ForeignKey(Client, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=KIND)
    value = models.CharField(max_length=254)
    folded = models.CharField(max_length=254, db_collation="C")
    may_call = models.BooleanField(default=False)
    may_text = models.BooleanField(default=False)
    may_leave_voicemail = models.BooleanField(default=False)
    safe_at_home = models.CharField(max_length=9, choices=SAFE, default="not_asked")
    verified_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # may be written to: agreed, safe, read back to the person, still theirs
    REACHABLE = {"may_text": True, "safe_at_home": "yes", "verified_at__isnull": False,
                 "ended_at": None}

    class Meta:
        indexes = [
            models.Index(fields=["folded", "client"], name="contact_prefix"),
            models.Index(fields=["client"], name="contact_of"),
        ]

    def __str__(self) -> str:
        return f"contact point {self.pk}"


@keeps_history()
class ClientProfile(models.Model):
    """Language, culture, faith and gender as the client wishes them known."""

    data_class = DataClass.DEMOGRAPHICS

    client = models.OneToOneField(Client, models.CASCADE, related_name="profile")
    language = models.CharField(max_length=5, default="en")
    other_languages = models.CharField(max_length=120, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    gender = models.CharField(max_length=60, blank=True)
    culture = models.CharField(max_length=200, blank=True)
    faith = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"profile {self.pk}"


class Staff(models.Model):
    """Somebody who works here."""

    data_class = DataClass.STAFF

    user = models.OneToOneField("access.User", models.PROTECT, related_name="staff")
    name = models.CharField(max_length=120)
    credential = models.CharField(max_length=60, blank=True)
    job = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    languages = models.CharField(max_length=60, default="en")
    deputy = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    left_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"staff {self.pk}"


@keeps_history()
class Licence(models.Model):
    """A licence to practise: kind, number, state, valid from and until (both included)."""

    data_class = DataClass.STAFF

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="licences")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=2)
    valid_from = models.DateField()
    valid_until = models.DateField()
    renewal_started_on = models.DateField(null=True, blank=True)
    may_be_in_charge = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="licence_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["staff", "valid_until"], name="licence_of")]

    def __str__(self) -> str:
        return f"licence {self.pk}"


class Supporter(models.Model):
    """A family member, friend, peer or employer who helps."""

    data_class = DataClass.SUPPORTER

    KIND = [
        ("family", "family"),
        ("friend", "friend"),
        ("peer", "peer"),
        ("employer", "employer"),
    ]
    SAFE = ContactPoint.SAFE
    client = models.ForeignKey(Client, models.CASCADE, related_name="supporters")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=KIND)
    relation = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_safe = models.CharField(max_length=9, choices=SAFE, default="not_asked")
    user = models.ForeignKey("access.User", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client"], name="supporter_of")]

    def __str__(self) -> str:
        return f"supporter {self.pk}"


@keeps_history()
class SamePerson(models.Model):
    """Two charts of one person, while it holds: the kept one stands for both. Nothing moves.

    `client` is the chart that is kept. One person asks for it, another confirms; taken apart,
    everything is as before.
    """

    data_class = DataClass.RELATION

    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    other = models.ForeignKey(Client, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    asked_as_privacy = models.BooleanField()
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    split_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["other"], condition=Q(until_at=None), name="folded_once"),
            models.CheckConstraint(condition=~Q(client=F("other")), name="two_charts"),
            models.CheckConstraint(
                condition=Q(from_at=None) | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("asked_by"))),
                name="two_people_fold",
            ),
        ]

    def __str__(self) -> str:
        return f"same person {self.pk}"
