"""Accounts, the relations the policy stands on, the record of acts, drafts and keys.

Every model names its data class; `rls.py` turns that into row-level security. A model
without one fails the build.
"""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from daybridge.access.invitation import Invitation  # noqa: F401 - Django looks for tables here
from daybridge.access.policy import DataClass
from daybridge.access.round import Round  # noqa: F401


class UserManager(BaseUserManager["User"]):
    """Makes accounts; allauth expects these two names."""

    def create_user(self, email: str | None, password: str | None = None, **fields: object) -> "User":
        """Create an account; without a password it can only sign in by code or passkey."""
        address = self.normalize_email(email).lower() or None
        user = self.model(email=address, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in: staff, client or supporter. Holds nothing clinical."""

    data_class = DataClass.ACCOUNT

    email = models.EmailField(unique=True, null=True)  # noqa: DJ001 - a client may have none
    phone = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120, help_text="How the person is called")
    line = models.CharField(max_length=160, blank=True, help_text="Credential and role")
    roles = ArrayField(models.CharField(max_length=32), default=list)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="en")
    is_staff = False

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return f"user {self.pk}"


class Relation(models.Model):
    """Common shape of a dated tie between a client and a person."""

    data_class = DataClass.RELATION

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class TeamMember(Relation):
    """A member of the client's treating team, or the supervisor of one."""

    PART = [
        ("primary", "primary counsellor"),
        ("in_charge", "professional in charge"),
        ("member", "team member"),
        ("supervises", "supervisor"),
    ]
    part = models.CharField(max_length=12, choices=PART, default="member")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "user", "part"],
                condition=models.Q(until_at=None),
                name="one_open_team_place",
            )
        ]
        indexes = [models.Index(fields=["user", "client"], name="team_by_user")]

    def __str__(self) -> str:
        return f"team member {self.pk}"


class Block(Relation):
    """This person may see nothing of this client, whatever the role."""

    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "client"], name="block_by_user")]

    def __str__(self) -> str:
        return f"block {self.pk}"


class SelfLink(models.Model):
    """This account is this client's own."""

    data_class = DataClass.RELATION

    client = models.OneToOneField("people.Client", models.CASCADE, related_name="+")
    user = models.OneToOneField(User, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"self link {self.pk}"


class Grant(Relation):
    """Dated access beyond the team: break-glass, leading a group, an auditor's visit."""

    KIND = [("G", "break-glass"), ("L", "leads"), ("V", "visit"), ("E", "emergency card")]
    kind = models.CharField(max_length=1, choices=KIND)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "kind", "client"], name="grant_by_user")]

    def __str__(self) -> str:
        return f"grant {self.pk}"


class ConsentItem(Relation):
    """One data class that a client lets a supporter see, until a date; signed as a consent."""

    data_class = DataClass.CONSENTS

    allows = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["user", "allows", "client"], name="consent_by_user")]

    def __str__(self) -> str:
        return f"consent item {self.pk}"


class Standing(models.Model):
    """Where a person stands: asked for help (pending) or in care."""

    data_class = DataClass.RELATION

    KIND = [("pending", "asked for help"), ("in_care", "in care")]
    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=KIND)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(until_at=None), name="one_open_standing"
            )
        ]
        indexes = [models.Index(fields=["kind", "client"], name="standing_by_kind")]

    def __str__(self) -> str:
        return f"standing {self.pk}"


class Duty(models.Model):
    """A person is on call; written by the rota."""

    data_class = DataClass.STAFF

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "from_at"], name="duty_by_user")]

    def __str__(self) -> str:
        return f"duty {self.pk}"


class AuditEvent(models.Model):
    """One act: a read, a command or a refusal. Append-only; no foreign keys, ids and codes."""

    data_class = DataClass.AUDIT
    append_only = True

    at = models.DateTimeField(help_text="The gate's clock")
    entered_at = models.DateTimeField(db_default=models.functions.Now())
    xid = models.BigIntegerField()
    outcome = models.CharField(max_length=7)  # done, read, refused
    user_id = models.BigIntegerField(null=True)
    roles = models.CharField(max_length=200)
    act = models.CharField(max_length=80)
    client_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    once = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - null = many

    class Meta:
        indexes = [
            models.Index(fields=["client_id", "-at"], name="audit_by_client"),
            models.Index(fields=["user_id", "-at"], name="audit_by_user"),
            models.Index(fields=["xid", "id"], name="audit_by_commit"),
        ]

    def __str__(self) -> str:
        return f"audit event {self.pk}"


class Seal(models.Model):
    """One link of the hash chain over audit events, in commit order."""

    data_class = DataClass.AUDIT
    append_only = True

    seq = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"seal {self.seq}"


class Signature(models.Model):
    """Who signed what, when, with which licence, over exactly which words.

    `digest` is the SHA-256 of the text as it was shown. A person's own signature is
    re-authenticated; a client signing at the desk names the staff member beside them.
    """

    data_class = DataClass.CONSENTS
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="+")
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    meaning = models.CharField(max_length=80)
    as_client = models.BooleanField()
    name = models.CharField(max_length=120)
    credential = models.CharField(max_length=80, blank=True)
    licence = models.CharField(max_length=80, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    witnessed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id"], name="signature_of")]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class Draft(models.Model):
    """What somebody typed and has not saved. Only its author reads it."""

    data_class = DataClass.ACCOUNT
    may_be_deleted = True

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    form = models.CharField(max_length=80)
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="one_draft_a_form")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class IdempotencyKey(models.Model):
    """A form that was sent: the same key gets the same answer. Holds no client data."""

    data_class = DataClass.ACCOUNT
    may_be_deleted = True

    key = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField(null=True)
    route = models.CharField(max_length=120)
    body = models.CharField(max_length=64, help_text="SHA-256 of what was sent")
    location = models.TextField(blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key {self.pk}"


class IdentityKey(models.Model):
    """The secret that signs identities. Only the owner's definer functions read it."""

    data_class = None

    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()
    allows_past = models.BooleanField(default=False, help_text="Demo: the clock may be set")

    def __str__(self) -> str:
        return "identity key"
