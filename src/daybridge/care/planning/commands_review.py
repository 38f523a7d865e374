"""Between two versions: how far each objective is, what calls for a review, setting aside."""

from collections.abc import Mapping
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.planning.commands import NotReady
from daybridge.care.planning.models import Objective, Plan, Progress, ReviewCall
from daybridge.kernel import text


@command(Can.WRITE_PLAN)
def note_progress(
    actor: Actor, /, *, client_id: int, states: Mapping[int, tuple[str, str]], at: datetime
) -> None:
    """Keep how far each of these signed objectives is: state and words by objective.

    What stands already is not written twice.
    """
    known = Objective.objects.filter(
        client_id=client_id, pk__in=states, plan__signed_at__isnull=False)
    keys = dict(known.values_list("pk", "key"))
    for pk, (state, words) in states.items():
        said = text.tidy(words)
        if pk not in keys or state not in dict(Progress.STATE):
            raise NotReady("Choose how far each step is from the list.")
        if state == "dropped" and not said:
            raise NotReady("A step that is left aside needs a reason. Write it beside the step.")
        last = Progress.objects.filter(client_id=client_id, objective__key=keys[pk]).order_by(
            "-at", "-pk").first()
        if last is None or (last.state, last.words) != (state, said):
            Progress.objects.create(client_id=client_id, objective_id=pk, state=state, words=said,
                                    by_id=actor.user_id or 0, at=at)


@command(Can.WRITE_PLAN)
def call_for_review(
    actor: Actor, /, *, client_id: int, cause: str, on: date, words: str, at: datetime
) -> None:
    """Note what happened that calls for a review at once. Twice is once."""
    if cause not in dict(ReviewCall.CAUSE):
        raise NotReady("Choose what happened from the list.")
    ReviewCall.objects.get_or_create(
        client_id=client_id, cause=cause, on=on, words=text.tidy(words),
        defaults={"by_id": actor.user_id or 0, "at": at},
    )


@command(Can.WRITE_PLAN)
def set_aside(
    actor: Actor, /, *, client_id: int, plan_id: int, why: str, at: datetime
) -> None:
    """Set a version aside that not everybody signs; the next one begins with its words."""
    said = text.tidy(why)
    if not said:
        raise NotReady("Write why this version is not signed. It stays on record.")
    row = Plan.objects.select_for_update().get(pk=plan_id, client_id=client_id)
    if row.signed_at:
        raise NotReady("Both have signed this plan: it is in force. Start the next one.")
    if not row.set_aside_at:
        row.set_aside_at, row.set_aside_why = at, said
        row.save(update_fields=["set_aside_at", "set_aside_why"])
