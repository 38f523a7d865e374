"""What groups ask of who joins them, and what is known of who wants to."""

from collections.abc import Iterable
from datetime import date, datetime

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import may_for, query
from daybridge.access.policy import Role
from daybridge.care.assessment.queries_needs import with_criterion
from daybridge.care.placement.queries import levels_now
from daybridge.care.placement.queries_stage import stages_now
from daybridge.care.schedule.models import Series
from daybridge.care.schedule.models_joining import SeriesJoining
from daybridge.care.schedule.rules import NO_RULES, Group, Joining, Newcomer
from daybridge.clinic.people.queries_many import JoinFacts, join_facts

UNKNOWN = JoinFacts(("en",), "")
DUAL = "dual_diagnosis"


@query(Can.SEE_GROUPS)
def joining_of(viewer: Actor, /, *, series_ids: Iterable[int]) -> dict[int, Joining]:
    """Return what these groups ask beyond level, language and gender; nothing for those without."""
    rows = SeriesJoining.objects.filter(series__in=list(series_ids))
    return {row.series_id: Joining(frozenset(row.stages), row.dual_only, row.closed_after, row.video_link)
            for row in rows}


@query(Can.BOOK)
def asks(viewer: Actor, /, *, series: Series, on: date, at: datetime) -> Group:
    """Return what a group asks, its hidden rules too: read by the house, for the desk may not see them."""
    sessions = system(Role.SESSIONS)
    with identity.acting(sessions, at=at):
        more = joining_of(sessions, series_ids=[series.pk]).get(series.pk, NO_RULES)
    return Group(series.capacity, frozenset(series.levels), series.language, series.gender, more.stages,
                 dual_only=more.dual_only, is_closed=more.is_closed(on))


@query(Can.SEE_SCHEDULE)
def known_dual(viewer: Actor, /, *, of: set[int]) -> dict[int, bool]:
    """Return who of these clients has a co-occurring disorder or not, as far as the viewer may know."""
    evaluated = may_for(viewer, Can.SEE_ASSESSMENT, of)
    return with_criterion(viewer, of=evaluated, key=DUAL) if evaluated else {}


@query(Can.SEE_SCHEDULE)
def newcomers(viewer: Actor, /, *, of: set[int]) -> dict[int, Newcomer]:
    """Return what groups ask of these clients, as far as the viewer may know it. Four statements.

    Who is not in care has no level; whose evaluation the viewer may not read, or who has none, is
    not known to have a co-occurring disorder or not.
    """
    asked, levels, stages = join_facts(viewer, of=of), levels_now(viewer, of=of), stages_now(viewer, of=of)
    dual = known_dual(viewer, of=of)
    return {
        pk: Newcomer(levels.get(pk, ""), frozenset(facts.languages), facts.gender, stage=stages.get(pk),
                     dual=dual.get(pk))
        for pk in of for facts in [asked.get(pk, UNKNOWN)]
    }
