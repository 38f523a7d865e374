"""Who may read and write what: ONE table, closed by default. What is not written here is refused.

The same table is compiled into the row-level security of PostgreSQL (`rls.py`), so that the
program and the database can't drift apart; a test compares every cell of both.

A line reads: role, what it may read, what it may write. The letters are scopes:

    A  every client            T  clients whose treating team (or supervisor) the person is
    O  the person's own        C  what the client's live consent covers
    G  a live break-glass grant (reason, 60 minutes, notified)
    L  clients of a group the person leads that day        V  a visitor's dated grant (auditor)
    P  people who have asked for help and are not yet admitted
    D  clients in care, while the person is on call        -  nothing

Per-person blocks cut every cell further: a blocked person sees nothing of that client; only
a director stands above a block.
Source: SECURITY.md, "Role x data"; 42 CFR 2.13 (least access), HIPAA 164.502(b).
"""

from enum import StrEnum
from functools import lru_cache

from daybridge.access.roles import Cell, Op, Role, Scope, scopes_of

__all__ = ["CLIENT_DATA", "PLAIN_DATA", "Cell", "DataClass", "Op", "Role", "Scope",
           "is_about_a_client", "scopes", "table"]

# Data about a client. One class = its own tables, because row-level security filters rows.
CLIENT_DATA = {
    # the name a person uses, and pronouns: what a front desk needs to greet somebody
    "name": """director A A | clinical_supervisor T T | counsellor TGL T | physician TGL T
        nurse TL T | peer TL - | case_manager TL T | on_call D - | intake A A | front_desk A -
        technician A - | privacy_officer A - | auditor V - | billing A - | client O -
        supporter C - | system:sessions A - | system:nightly A - | system:messenger A -""",
    # legal name, date of birth
    "identity": """director A A | clinical_supervisor T T | counsellor TG T | physician T T
        nurse T T | peer T - | case_manager T T | on_call D - | intake A A
        privacy_officer A - | auditor V - | billing A - | client O -""",
    # telephone, e-mail, what is allowed and safe on each
    "contact": """director A A | clinical_supervisor T T | counsellor TG T | physician T T
        nurse T T | peer T - | case_manager T T | on_call D - | intake A A | front_desk A -
        client O O | system:messenger A - | system:sign-in A A""",
    # languages, culture, faith, gender as the client wishes them known
    "demographics": """director A A | clinical_supervisor T T | counsellor TG T | physician T T
        nurse T T | peer T - | case_manager T T | on_call D - | intake A A | auditor V -
        client O O | system:sessions A -""",
    # the call for help, hurdles, waiting, safety answers at the first contact
    "inquiry": """director A A | clinical_supervisor T T | counsellor T T | physician T T | nurse T T
        case_manager T T | intake A A | on_call D - | system:nightly A - | system:measures A -
        system:emergency A -""",
    # times and places of this client's sessions
    "schedule": """director A A | clinical_supervisor T T | counsellor TL T | physician T T
        nurse T T | peer T T | case_manager T T | on_call D - | intake A A | front_desk A A
        technician A - | auditor V - | billing A - | client O - | supporter C -
        system:sessions A A | system:nightly A - | system:measures A -""",
    # when a client can come
    "availability": """director A A | clinical_supervisor T T | counsellor T T | physician T T
        nurse T T | peer T T | case_manager T T | intake A A | front_desk A A | client O O""",
    # clients who must not meet: known to those who answer for both, felt by nobody else
    "apart": """director A A | clinical_supervisor T T | counsellor T T | physician T T""",
    # who has come through the door today
    "arrival": """director A A | clinical_supervisor T T | counsellor TL TL | physician T T
        nurse T T | peer T T | case_manager T T | intake A A | front_desk A A | technician A -
        client O O | system:sessions A A""",
    # where a client is who takes part by video: for who leads, and for a crisis
    "whereabouts": """director A - | clinical_supervisor T T | counsellor TL TL | physician T T
        nurse T T | peer T T | case_manager T T | on_call D - | client O -""",
    # who was there, for how many minutes
    "attendance": """director A - | clinical_supervisor T T | counsellor TL TL | physician T T
        nurse T T | peer T T | case_manager T - | on_call D - | auditor V -
        billing A - | client O - | supporter C - | system:sessions A A | system:measures A -""",
    # evaluation, severity, areas, needs, reasons in the client's own words
    "assessment": """director A - | clinical_supervisor T T | counsellor TG T | physician TG T
        nurse T T | case_manager T - | intake P P | on_call D - | auditor V - | client O O
        system:measures A - | system:nightly A A | system:emergency A -""",
    # recommendation, both views, the joint decision
    "placement": """director A - | clinical_supervisor T T | counsellor TG T | physician TG T
        nurse T - | intake P P | auditor V - | client O O | system:measures A -""",
    # stays, level periods, professional in charge, how a stay ended
    "stay": """director A A | clinical_supervisor T T | counsellor TGL T | physician T T
        nurse T - | peer T - | case_manager T T | on_call D - | intake A A | front_desk A -
        auditor V - | billing A - | client O - | system:sessions A - | system:nightly A A
        system:measures A -""",
    # payer, authorisation, units
    "payer": """director A A | clinical_supervisor T - | counsellor T - | physician T - | case_manager T T
        intake A A | auditor V - | billing A A | client O - | system:nightly A -""",
    # papers at admission and consents
    "consents": """director A A | clinical_supervisor T T | counsellor T T | physician T T
        nurse T - | peer T - | case_manager T T | intake A A | privacy_officer A A
        auditor V - | billing A - | client O O | on_call D - | system:measures A -""",
    # treatment plan and prescribed hours
    "plan": """director A - | clinical_supervisor T T | counsellor TGL T | physician T T
        nurse T T | peer T - | case_manager T - | auditor V - | client O O | supporter C -
        system:sessions A - | system:measures A - | system:importer - A""",
    # calls and messages after a missed session; the view of a client who left
    "outreach": """director A A | clinical_supervisor T T | counsellor T T | physician T -
        nurse T T | peer T T | case_manager T T | on_call D D | front_desk A A
        system:sessions A A | system:nightly A A | system:measures A -""",
    # answers to questionnaires and their scores (all but the alliance check)
    "instrument": """director A - | clinical_supervisor T T | counsellor TG T | physician TG T
        nurse T T | case_manager T - | intake P P | on_call D - | auditor V - | client O O
        system:measures A - | system:nightly A -""",
    # how a client rates the alliance: the rated counsellor does not read it
    "alliance": """clinical_supervisor T - | client O O | system:measures A - | system:nightly A -""",
    # which notes there are: kind, times, author, signatures, withdrawal; no word of them
    "note_index": """director A - | clinical_supervisor T T | counsellor TG TL | physician TG T
        nurse TG T | peer T T | case_manager T - | privacy_officer A A | auditor V - | billing A -
        client O - | system:measures A - | system:nightly A -""",
    # progress notes, signed: the words
    "note": """director G - | clinical_supervisor T T | counsellor TG TL | physician TG T
        nurse TG T | peer T T | case_manager T - | auditor V - | client O -""",
    # progress notes on their way: the author's and who supervises
    "note_draft": """clinical_supervisor T T | counsellor T T | physician T T | nurse T T
        peer T T""",
    # counselling notes, kept apart by the clinician's choice (2.11): the author's own
    "counselling_note": """director G - | clinical_supervisor T - | counsellor T T
        physician G - | nurse G -""",
    # what a client takes, from whom; allergies
    "medicine": """director A - | clinical_supervisor T - | counsellor TG - | physician TG T
        nurse TG T | case_manager T - | intake P P | on_call D - | auditor V - | client O -
        system:measures A - | system:nightly A - | system:emergency A -""",
    # withdrawal scales, nursing screen, medical needs, warnings a prescriber answers
    "medical": """director A - | clinical_supervisor T - | counsellor TG - | physician TG T
        nurse TG T | case_manager T - | on_call D - | auditor V - | client O -
        system:measures A - | system:nightly A A""",
    # referrals out and in, and how each loop was closed
    "referral": """director A A | clinical_supervisor T T | counsellor T T | physician T T
        nurse T T | peer T - | case_manager T T | intake A A | auditor V - | client O -
        system:measures A - | system:nightly A -""",
    # what left the house: to whom, what, why, on which consent (2.25)
    "disclosure": """director A A | clinical_supervisor T T | counsellor T T | physician T T
        nurse T T | case_manager T T | intake A A | privacy_officer A A | auditor V -
        billing A A | client O O""",
    # a client asks for a copy, an amendment, a restriction: a clock, an answer
    "request": """director A A | clinical_supervisor T - | counsellor T T | physician T -
        case_manager T T | intake A A | privacy_officer A A | auditor V - | client O O
        system:nightly A -""",
    # alerts and tasks about a client: visible to those who must act
    "task": """director A A | clinical_supervisor A A | counsellor TL A | physician A A
        nurse T A | peer T T | case_manager T A | on_call A A | intake A A | front_desk - A | technician - A
        client - O | anonymous - A | system:sessions A A | system:nightly A A""",
    # what was sent to whom, on which channel
    "message": """director A A | clinical_supervisor T T | counsellor T T | physician T T
        nurse T T | peer T T | case_manager T T | intake A A | front_desk A A | client O -
        system:messenger A A | system:sessions - A | system:nightly - A | anonymous - A
        system:sign-in - A""",
    # family, friends, employers who help, and what the client lets them see
    "supporter": """director A A | clinical_supervisor T T | counsellor T T | physician T - | nurse T -
        peer T T | case_manager T T | on_call D - | intake A A | client O O | system:emergency A -""",
    # the relations that this policy itself stands on
    "relation": """director A A | clinical_supervisor T T | counsellor T - | physician T T
        nurse T - | peer T - | case_manager T - | intake A A | privacy_officer A A | client O -
        system:nightly A A | system:sessions A A | system:sign-in A - | system:measures A -""",
}

# Data that names no client. Scope A here means: the whole table.
PLAIN_DATA = {
    # the house: sites, rooms, levels, settings, opening days
    "programme": """director A A | system:setup A A | clinical_supervisor A - | counsellor A -
        physician A - | nurse A - | peer A - | case_manager A - | on_call A - | intake A -
        front_desk A - | technician A - | privacy_officer A - | quality_manager A -
        auditor A - | billing A - | client A - | supporter A - | anonymous A - | kiosk A -
        system:sign-in A - | system:sealer A - | system:nightly A - | system:sessions A -
        system:messenger A - | system:measures A A""",
    # staff, licences, deputies, on-call rota
    "staff": """director A A | system:setup A A | clinical_supervisor A - | counsellor A -
        physician A - | nurse A - | peer A - | case_manager A - | on_call A - | intake A -
        front_desk A - | technician A - | privacy_officer A - | quality_manager A -
        auditor A - | billing A - | client A - | supporter A - | system:sign-in A A | system:nightly A A
        system:sessions A - | system:messenger A - | system:measures A - | system:emergency A -""",
    # times, rooms and leaders of groups; no clinical title
    "slot": """director A A | clinical_supervisor A A | counsellor A A | physician A A
        nurse A A | peer A A | case_manager A A | on_call A - | intake A A | front_desk A A
        technician A - | auditor A - | billing A - | client A - | supporter A -
        quality_manager A - | kiosk A - | system:sessions A A | system:nightly A -
        system:measures A -""",
    # what a group is about
    "group_title": """director A A | clinical_supervisor A A | counsellor A A | physician A A
        nurse A A | peer A A | case_manager A A | intake A A | client A - | quality_manager A -
        auditor A - | system:sessions A - | system:measures A -""",
    # practices with their evidence, text packs of instruments, letter texts
    "library": """director A A | system:setup A A | clinical_supervisor A A | counsellor A -
        physician A - | nurse A - | peer A - | case_manager A - | on_call A - | intake A -
        quality_manager A A | privacy_officer A - | auditor A - | client A -
        system:measures A - | system:nightly A -""",
    # who does what beside us: services, partners, agreements, waiting days
    "partner": """director A A | system:setup A A | clinical_supervisor A A | counsellor A -
        physician A - | nurse A - | peer A - | case_manager A A | on_call A - | intake A A
        quality_manager A - | auditor A - | system:measures A - | system:nightly A -""",
    # naloxone kits: lots, expiry, how many are left
    "supply": """director A A | clinical_supervisor A A | physician A A | nurse A A | intake A A
        counsellor A - | case_manager A - | quality_manager A - | auditor A - | system:nightly A -""",
    # a call for help that came in by the public page
    "web_inquiry": """anonymous - A | intake A A | director A A""",
    # a file of clients on its way in: encrypted, forgotten after its run
    "import": """director A A | system:importer A A""",
    # a search for a better standing week: who is where, encrypted, forgotten when it is decided
    "week_plan": """director A A | system:sessions A A""",
    # accounts: sign-in alone reads them all; a person reads their own (see rls.py)
    "account": """system:sign-in A A | system:setup A A | director A A | privacy_officer A -""",
    # audit events: written by everybody about themselves (see rls.py)
    "audit": """director A - | privacy_officer A - | auditor A - | system:sealer A A
        system:setup A -""",
    # when each background job ended: pages say "not known since" by it
    "round": """director A - | clinical_supervisor A - | counsellor A - | physician A - | nurse A -
        peer A - | case_manager A - | on_call A - | intake A - | front_desk A - | technician A -
        privacy_officer A - | quality_manager A - | auditor A - | billing A - | system:nightly A A
        system:sessions A A | system:importer A A | system:sealer A A | system:messenger A A
        system:measures A A""",
    # how a practice was delivered in a drawn session: of staff, never of clients
    "fidelity": """director A A | clinical_supervisor A A | quality_manager A - | counsellor A A
        physician A A | nurse A A | peer A A | system:sessions A A | system:measures A -""",
    # frozen measures
    "quality": """director A - | clinical_supervisor A - | quality_manager A A
        privacy_officer A - | auditor A - | counsellor A - | physician A - | system:measures A A""",
}


class DataClass(StrEnum):
    """The classes of the table above, by name (a test holds both lists together)."""

    NAME = "name"
    IDENTITY = "identity"
    CONTACT = "contact"
    DEMOGRAPHICS = "demographics"
    INQUIRY = "inquiry"
    SCHEDULE = "schedule"
    AVAILABILITY = "availability"
    APART = "apart"
    ARRIVAL = "arrival"
    WHEREABOUTS = "whereabouts"
    ATTENDANCE = "attendance"
    ASSESSMENT = "assessment"
    PLACEMENT = "placement"
    STAY = "stay"
    PAYER = "payer"
    CONSENTS = "consents"
    PLAN = "plan"
    OUTREACH = "outreach"
    INSTRUMENT = "instrument"
    ALLIANCE = "alliance"
    NOTE_INDEX = "note_index"
    NOTE = "note"
    NOTE_DRAFT = "note_draft"
    COUNSELLING_NOTE = "counselling_note"
    MEDICINE = "medicine"
    MEDICAL = "medical"
    REFERRAL = "referral"
    DISCLOSURE = "disclosure"
    REQUEST = "request"
    TASK = "task"
    MESSAGE = "message"
    SUPPORTER = "supporter"
    RELATION = "relation"
    PROGRAMME = "programme"
    STAFF = "staff"
    SLOT = "slot"
    GROUP_TITLE = "group_title"
    LIBRARY = "library"
    PARTNER = "partner"
    SUPPLY = "supply"
    WEB_INQUIRY = "web_inquiry"
    IMPORT = "import"
    WEEK_PLAN = "week_plan"
    ACCOUNT = "account"
    AUDIT = "audit"
    ROUND = "round"
    FIDELITY = "fidelity"
    QUALITY = "quality"


def is_about_a_client(data: DataClass) -> bool:
    """Tell whether rows of this class belong to a client."""
    return data.value in CLIENT_DATA


@lru_cache(maxsize=1)
def table() -> dict[DataClass, dict[Role, Cell]]:
    """Return the whole policy, parsed; unknown words stop the program at start."""
    return {data: _parse({**CLIENT_DATA, **PLAIN_DATA}[data.value], data) for data in DataClass}


def _parse(text: str, data: DataClass) -> dict[Role, Cell]:
    words = text.replace("|", " ").split()
    if len(words) % 3:
        raise ValueError(f"policy of {data.value}: each line is role, read, write")
    cells: dict[Role, Cell] = {}
    for role, read, write in zip(words[::3], words[1::3], words[2::3], strict=True):
        if Role(role) in cells:
            raise ValueError(f"policy of {data.value}: {role} stands twice")
        cells[Role(role)] = Cell(scopes_of(read), scopes_of(write))
    return cells


def scopes(roles: frozenset[Role], data: DataClass, op: Op) -> frozenset[Scope]:
    """Return the union of what these roles reach; empty means refused."""
    cells = table()[data]
    found = (cells[role].scopes(op) for role in roles if role in cells)
    return frozenset().union(*found)
