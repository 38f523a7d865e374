"""What a plan costs: the weights, and the parts that a client, a group or a clinician adds.

The weights are those of the published checker; lower is better, 0 is a week in which
everybody has everything and nothing has changed.
"""

from collections.abc import Collection, Mapping

SHORT_SLOT = 20  # each half-hour that a client lacks
NOT_REACHED = 60  # each client who lacks any
IOP_BELOW = 100  # each client at the IOP level below nine hours
MISSING_TOPIC = 40
MISSING_SERVICE = 60
NON_PRIMARY = 8  # a service by somebody else than the primary clinician
LEFT_GROUP = 3  # a group of last week that a client is not in any more
GROUP_MOVED = 2
NEW_FACILITATOR = 4
OVERLOAD_SLOT = 2  # each half-hour of a clinician above 85 % of what they may work

IOP, NINE_HOURS = "IOP", 18
FULL_LOAD = 0.85
OVER_ORDER = 2  # half-hours that a week may exceed the order


def of_client(
    *, hours: int, prescribed: int, level: str, topics: Mapping[str, int], required: Collection[str],
    services_missing: int, other_than_primary: int, left: int,
) -> int:
    """Return what one client's week costs."""
    short = prescribed - hours
    cost = SHORT_SLOT * short + NOT_REACHED if short > 0 else 0
    if level == IOP and hours < NINE_HOURS:
        cost += IOP_BELOW
    for topic in required:
        if not topics.get(topic):
            cost += MISSING_TOPIC
    return (cost + MISSING_SERVICE * services_missing + NON_PRIMARY * other_than_primary
            + LEFT_GROUP * left)


def of_load(slots: int, most: int) -> int:
    """Return what a clinician's week costs."""
    return OVERLOAD_SLOT * max(0, slots - int(FULL_LOAD * most))


def of_change(*, moved: bool, new_facilitator: bool) -> int:
    """Return what a group costs that does not meet as last week."""
    return GROUP_MOVED * moved + NEW_FACILITATOR * new_facilitator
