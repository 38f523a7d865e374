"""Notes: that one exists, its words on their way, its words as signed, what was added."""

from django.db import models
from django.db.models import F, Q

from daybridge.access.history import keeps_history
from daybridge.access.policy import DataClass
from daybridge.care.notes.rules import TITLES

KINDS = [(kind.value, title) for kind, title in TITLES.items()]


class NoteIndex(models.Model):
    """One note: about what, when, by whom, signed and co-signed; not a word of it.

    A trigger keeps what is signed, and lets a note be withdrawn only by two people.
    """

    data_class = DataClass.NOTE_INDEX
    may_be_deleted = True  # only before it is signed: the trigger

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    author = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    occurrence = models.ForeignKey("schedule.Occurrence", models.PROTECT, null=True, related_name="+")
    event_at = models.DateTimeField(help_text="When it happened")
    over_at = models.DateTimeField(help_text="When it was over: the clock of the note starts")
    begun_at = models.DateTimeField(help_text="When somebody began to write")
    practice = models.CharField(max_length=60, blank=True, help_text="Slug of the practice library")
    signed_at = models.DateTimeField(null=True)
    cosign_why = models.CharField(max_length=8, blank=True)
    cosigner = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    cosign_due_at = models.DateTimeField(null=True)
    sent_back_at = models.DateTimeField(null=True)
    cosigned_at = models.DateTimeField(null=True)
    cosigned_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    cosigned_as = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "occurrence", "author"], name="one_note_a_session_and_author",
                condition=Q(withdrawn_at=None) & ~Q(kind="counselling"),
            ),
            models.UniqueConstraint(
                fields=["client", "occurrence"], name="one_group_note_a_client_and_session",
                condition=Q(withdrawn_at=None, kind="group"),
            ),
            models.CheckConstraint(
                condition=Q(cosigned_by=None) | ~Q(cosigned_by=F("author")),
                name="nobody_cosigns_their_own",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-event_at", "-id"], name="notes_about"),
            models.Index(fields=["author", "event_at"], condition=Q(signed_at=None),
                         name="notes_to_sign"),
            models.Index(fields=["cosign_due_at"], name="notes_to_cosign",
                         condition=~Q(cosign_why="") & Q(cosigned_at=None)),
            models.Index(fields=["occurrence"], name="notes_of_session"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Words(models.Model):
    """The four lines of a note. `cites` are objectives by line, as id and words."""

    data = models.TextField(blank=True)
    assessment = models.TextField(blank=True)
    response = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    cites = models.JSONField(default=list)
    copied = models.JSONField(default=dict, help_text="Line: from which note, of which day")

    class Meta:
        abstract = True


class NoteDraft(Words):
    """What the author has saved and not signed."""

    data_class = DataClass.NOTE_DRAFT
    may_be_deleted = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    author = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    index = models.OneToOneField(NoteIndex, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft of note {self.index_id}"


class Note(Words):
    """A signed note: one row, written once, so that nothing can be added to it."""

    data_class = DataClass.NOTE
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    author = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    index = models.OneToOneField(NoteIndex, models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=300)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note {self.index_id} as signed"


class Addendum(models.Model):
    """Words beside a signed note: of its author, or of a supervisor who sends it back."""

    data_class = DataClass.NOTE
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    author = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    index = models.ForeignKey(NoteIndex, models.PROTECT, related_name="+")
    sends_back = models.BooleanField(default=False)
    words = models.TextField()
    signed_as = models.CharField(max_length=300)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["index", "added_at"], name="addenda_of_note")]

    def __str__(self) -> str:
        return f"addendum {self.pk}"


class CounsellingNote(models.Model):
    """What a clinician keeps apart from the record (42 CFR 2.11): the author's own."""

    data_class = DataClass.COUNSELLING_NOTE
    append_only = True

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    author = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    index = models.OneToOneField(NoteIndex, models.PROTECT, related_name="+")
    event_at = models.DateTimeField(help_text="As in the index, which fewer people read")
    words = models.TextField()
    signed_as = models.CharField(max_length=300)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"counselling note {self.index_id}"


@keeps_history()
class Withdrawal(models.Model):
    """A note in the wrong chart: a supervisor and the privacy officer, in either order.

    A trigger lets each sign their own half alone.
    """

    data_class = DataClass.NOTE_INDEX

    client = models.ForeignKey("people.Client", models.CASCADE, related_name="+")
    index = models.ForeignKey(NoteIndex, models.PROTECT, related_name="+")
    why = models.TextField()
    asked_at = models.DateTimeField()
    supervisor = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    privacy = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    copied_at = models.DateTimeField(null=True, help_text="When the author took the words along")
    breach = models.BooleanField(null=True)
    breach_why = models.TextField(blank=True)
    breach_at = models.DateTimeField(null=True)
    breach_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["index"], condition=Q(declined_at=None),
                                    name="one_open_withdrawal"),
            models.CheckConstraint(
                name="withdrawn_by_two_people",
                condition=Q(done_at=None) | Q(supervisor__isnull=False, privacy__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_signs_both_halves", condition=~Q(supervisor=F("privacy"))
            ),
        ]

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"


class Macro(models.Model):
    """A text somebody uses often, written `.name`. Only theirs (see rls.py)."""

    data_class = DataClass.ACCOUNT
    may_be_deleted = True

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    name = models.CharField(max_length=24)
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_macro_a_name")]

    def __str__(self) -> str:
        return f"macro {self.pk}"
