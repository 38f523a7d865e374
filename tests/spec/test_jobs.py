"""B4: what runs by itself."""

import pytest

from daybridge.site.timetable import TIMETABLE, run
from tests import story


@pytest.mark.parametrize("name", TIMETABLE)
def test_every_job_of_the_timetable_runs_as_its_own_role(cast, name):
    """Each job does its work with the rights of its system role alone."""
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, groups.monday)

    run(name)
