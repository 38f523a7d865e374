"""A date of birth that is mended later counts: nobody under 18 is admitted or joins adults."""

from datetime import date

import pytest

from daybridge.care.placement.commands import NotYet, admit
from daybridge.care.schedule.commands import DoesNotFit, take_seat
from daybridge.care.schedule.queries import sessions
from daybridge.clinic.people.commands import change_names
from daybridge.clinic.people.queries import name_of
from tests import story
from tests.story import MON, WEEK

BORN = date(2009, 1, 1)  # 17 in November 2026


def mend_birth_date(cast, born=BORN):
    maria = cast.maria.client_id
    now = name_of(cast.sam, client_id=maria)
    change_names(cast.sam, client_id=maria, preferred_name=now.name, legal_name="Maria D",
                 pronouns="she/her", birth_date=born, version=now.version, at=MON)


def test_no_minor_is_admitted(cast):
    story.inquire(cast, cast.maria, at=MON)
    story.evaluate(cast, cast.maria, at=MON)
    decision = story.decide_together(cast, cast.maria, at=MON)
    mend_birth_date(cast)

    with pytest.raises(NotYet, match="under 18"):
        admit(cast.sam, client_id=cast.maria.client_id, level="iop", decision_id=decision,
              staff_id=cast.staff_ids["osei"], primary_user_id=cast.nora.user_id, at=MON)


@pytest.mark.parametrize(("born", "joins"), [(BORN, False), (date(2008, 11, 16), True)])
def test_no_minor_joins_an_adult_group_and_an_eighteenth_birthday_does(cast, born, joins):
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    mend_birth_date(cast, born)

    if joins:
        story.join_groups(cast, cast.maria, groups.monday)
        return
    with pytest.raises(DoesNotFit, match="for adults"):
        story.join_groups(cast, cast.maria, groups.monday)
    one = sessions(cast.nora, first=WEEK, last=WEEK)[0]
    with pytest.raises(DoesNotFit, match="for adults"):
        take_seat(cast.sam, client_id=cast.maria.client_id, occurrence_id=one.occurrence_id, at=MON)
