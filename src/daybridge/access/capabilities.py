"""What one may do.

Each capability names a data class, an operation and, where the policy's cell alone would
be too wide, the only roles that may.
"""

from enum import Enum

from daybridge.access.policy import DataClass, Op, Role

D = DataClass
R = Role
_CLINICIANS = (R.COUNSELLOR, R.PHYSICIAN, R.SUPERVISOR, R.NURSE)
_TEAM = (*_CLINICIANS, R.PEER, R.CASE_MANAGER)


class Can(Enum):
    """A capability: slug, data class, operation, the only roles (empty: all of the cell)."""

    def __init__(self, slug: str, data: DataClass, op: Op, only: tuple[Role, ...] = ()) -> None:
        self.slug = slug
        self.data = data
        self.op = op
        self.only = frozenset(only)

    # people
    SEE_NAMES = ("see names", D.NAME, Op.READ)
    SEE_IDENTITY = ("see identity", D.IDENTITY, Op.READ)
    SEE_CONTACT = ("see contact", D.CONTACT, Op.READ)
    SEE_DEMOGRAPHICS = ("see demographics", D.DEMOGRAPHICS, Op.READ)
    REGISTER_CLIENT = ("register client", D.IDENTITY, Op.WRITE, (R.INTAKE, R.DIRECTOR))
    EDIT_CLIENT = ("edit client", D.IDENTITY, Op.WRITE)
    EDIT_CONTACT = ("edit contact", D.CONTACT, Op.WRITE)
    EDIT_DEMOGRAPHICS = ("edit demographics", D.DEMOGRAPHICS, Op.WRITE)
    SEE_SUPPORTERS = ("see supporters", D.SUPPORTER, Op.READ)
    EDIT_SUPPORTERS = ("edit supporters", D.SUPPORTER, Op.WRITE)
    SEE_TEAM = ("see team", D.RELATION, Op.READ)
    SET_TEAM = ("set team", D.RELATION, Op.WRITE, (
        R.DIRECTOR, R.SUPERVISOR, R.INTAKE, R.PHYSICIAN, R.NIGHTLY))
    LET_LEAD = ("let lead", D.RELATION, Op.WRITE, (R.SESSIONS,))
    BLOCK_PERSON = ("block person", D.RELATION, Op.WRITE, (R.DIRECTOR, R.PRIVACY))
    FOLD_CHARTS = ("fold charts", D.RELATION, Op.WRITE, (R.SUPERVISOR, R.PRIVACY))
    SEE_STAFF = ("see staff", D.STAFF, Op.READ)
    MANAGE_STAFF = ("manage staff", D.STAFF, Op.WRITE, (R.DIRECTOR, R.SETUP))
    # the house
    SEE_PROGRAMME = ("see programme", D.PROGRAMME, Op.READ)
    SEE_SETTINGS = ("see settings", D.PROGRAMME, Op.READ, (R.DIRECTOR, R.QUALITY))
    MANAGE_PROGRAMME = ("manage programme", D.PROGRAMME, Op.WRITE, (R.DIRECTOR, R.SETUP))
    # tasks and messages
    SEE_TASKS = ("see tasks", D.TASK, Op.READ)
    OPEN_TASK = ("open task", D.TASK, Op.WRITE)
    TAKE_TASK = (
        "take task",
        D.TASK,
        Op.WRITE,
        (*_TEAM, R.DIRECTOR, R.ON_CALL, R.INTAKE, R.NIGHTLY, R.SESSIONS),
    )
    SEE_MESSAGES = ("see messages", D.MESSAGE, Op.READ)
    SEE_OUTBOX = ("see outbox", D.MESSAGE, Op.READ, (
        *_TEAM, R.DIRECTOR, R.INTAKE, R.FRONT_DESK))
    SEND_MESSAGE = ("send message", D.MESSAGE, Op.WRITE)
    DELIVER_MESSAGES = ("deliver messages", D.MESSAGE, Op.WRITE, (R.MESSENGER,))
    # intake
    ASK_FOR_HELP = ("ask for help", D.WEB_INQUIRY, Op.WRITE, (R.ANONYMOUS,))
    SEE_WEB_INQUIRIES = ("see web inquiries", D.WEB_INQUIRY, Op.READ)
    ANSWER_WEB_INQUIRY = (
        "answer web inquiry",
        D.WEB_INQUIRY,
        Op.WRITE,
        (R.INTAKE, R.DIRECTOR),
    )
    SEE_INQUIRIES = ("see inquiries", D.INQUIRY, Op.READ)
    TAKE_INQUIRY = ("take inquiry", D.INQUIRY, Op.WRITE)
    # evaluation and placement
    SEE_ASSESSMENT = ("see assessment", D.ASSESSMENT, Op.READ)
    ASSESS = ("assess", D.ASSESSMENT, Op.WRITE, (*_CLINICIANS, R.INTAKE))
    FIND_NEED = ("find need", D.ASSESSMENT, Op.WRITE, (*_CLINICIANS, R.INTAKE, R.NIGHTLY))
    FOLLOW_REFERRAL = ("follow referral", D.ASSESSMENT, Op.WRITE, (R.NIGHTLY,))
    SIGN_EVALUATION = ("sign evaluation", D.ASSESSMENT, Op.WRITE, _CLINICIANS)
    STATE_REASONS = (
        "state reasons",
        D.ASSESSMENT,
        Op.WRITE,
        (*_CLINICIANS, R.INTAKE, R.CLIENT),
    )
    SEE_PLACEMENT = ("see placement", D.PLACEMENT, Op.READ)
    SIGN_CLINICIAN_VIEW = ("sign clinician view", D.PLACEMENT, Op.WRITE, _CLINICIANS)
    SIGN_CLIENT_VIEW = ("sign client view", D.PLACEMENT, Op.WRITE)
    DECIDE_PLACEMENT = ("decide placement", D.PLACEMENT, Op.WRITE, (*_CLINICIANS, R.INTAKE))
    SEE_STAY = ("see stay", D.STAY, Op.READ)
    ADMIT = ("admit", D.STAY, Op.WRITE, (R.INTAKE, R.PHYSICIAN, R.SUPERVISOR, R.DIRECTOR))
    CHANGE_STAY = ("change stay", D.STAY, Op.WRITE)
    SEE_PAYER = ("see payer", D.PAYER, Op.READ)
    EDIT_PAYER = ("edit payer", D.PAYER, Op.WRITE)
    SEE_CONSENTS = ("see consents", D.CONSENTS, Op.READ)
    RECORD_CONSENT = ("record consent", D.CONSENTS, Op.WRITE)
    # plan
    SEE_PLAN = ("see plan", D.PLAN, Op.READ)
    WRITE_PLAN = ("write plan", D.PLAN, Op.WRITE, _CLINICIANS)
    SIGN_PLAN = ("sign plan", D.PLAN, Op.WRITE, _CLINICIANS)
    SIGN_OWN_PLAN = ("sign own plan", D.PLAN, Op.WRITE, (R.CLIENT, *_CLINICIANS))
    CARRY_HOURS = ("carry hours", D.PLAN, Op.WRITE, (R.IMPORTER,))
    # instruments
    SEE_INSTRUMENTS = ("see instruments", D.INSTRUMENT, Op.READ)
    FILL_INSTRUMENT = (
        "fill instrument", D.INSTRUMENT, Op.WRITE, (*_CLINICIANS, R.INTAKE, R.CLIENT))
    SEE_ALLIANCE = ("see alliance", D.ALLIANCE, Op.READ)
    FILL_ALLIANCE = ("fill alliance", D.ALLIANCE, Op.WRITE, (R.CLIENT,))
    SEE_LIBRARY = ("see library", D.LIBRARY, Op.READ)
    MANAGE_LIBRARY = ("manage library", D.LIBRARY, Op.WRITE)
    # notes
    SEE_NOTE_INDEX = ("see note index", D.NOTE_INDEX, Op.READ)
    SEE_NOTES = ("see notes", D.NOTE, Op.READ)
    WRITE_NOTE = ("write note", D.NOTE_DRAFT, Op.WRITE)
    SIGN_NOTE = ("sign note", D.NOTE, Op.WRITE)
    COSIGN_NOTE = ("cosign note", D.NOTE, Op.WRITE, (R.SUPERVISOR, R.PHYSICIAN))
    WITHDRAW_NOTE = ("withdraw note", D.NOTE_INDEX, Op.WRITE, (R.SUPERVISOR, R.PRIVACY))
    DECIDE_BREACH = ("decide breach", D.NOTE_INDEX, Op.WRITE, (R.PRIVACY,))
    SEE_COUNSELLING_NOTES = ("see counselling notes", D.COUNSELLING_NOTE, Op.READ)
    WRITE_COUNSELLING_NOTE = ("write counselling note", D.COUNSELLING_NOTE, Op.WRITE)
    # medicine
    SEE_MEDICINES = ("see medicines", D.MEDICINE, Op.READ)
    LIST_MEDICINE = ("list medicine", D.MEDICINE, Op.WRITE)
    SEE_MEDICAL = ("see medical", D.MEDICAL, Op.READ)
    RECORD_MEDICAL = ("record medical", D.MEDICAL, Op.WRITE)
    ANSWER_WARNING = ("answer warning", D.MEDICAL, Op.WRITE, (R.PHYSICIAN,))
    CHECK_MEDICINES = ("check medicines", D.MEDICAL, Op.WRITE, (R.NIGHTLY,))
    SEE_SUPPLY = ("see supply", D.SUPPLY, Op.READ)
    MANAGE_SUPPLY = ("manage supply", D.SUPPLY, Op.WRITE)
    # partners and referrals
    SEE_PARTNERS = ("see partners", D.PARTNER, Op.READ)
    MANAGE_PARTNERS = ("manage partners", D.PARTNER, Op.WRITE)
    SEE_REFERRALS = ("see referrals", D.REFERRAL, Op.READ)
    REFER = ("refer", D.REFERRAL, Op.WRITE)
    # what leaves the house
    SEE_DISCLOSURES = ("see disclosures", D.DISCLOSURE, Op.READ)
    RELEASE = ("release", D.DISCLOSURE, Op.WRITE)
    # the class that a document is bound to is asked beside these (documents, rls.py)
    SEE_DOCUMENTS = ("see documents", D.NAME, Op.READ, (
        *_TEAM, R.DIRECTOR, R.INTAKE, R.PRIVACY, R.AUDITOR, R.BILLING, R.CLIENT))
    KEEP_DOCUMENT = ("keep document", D.NAME, Op.READ, (
        *_TEAM, R.DIRECTOR, R.INTAKE, R.PRIVACY, R.BILLING))
    WRITE_LETTER = ("write letter", D.DISCLOSURE, Op.WRITE, _CLINICIANS)
    SEE_REQUESTS = ("see requests", D.REQUEST, Op.READ)
    MAKE_REQUEST = ("make request", D.REQUEST, Op.WRITE)
    ANSWER_REQUEST = ("answer request", D.REQUEST, Op.WRITE, (R.PRIVACY, R.DIRECTOR))
    # sessions and hours
    SEE_SLOTS = ("see slots", D.SLOT, Op.READ)
    MANAGE_SLOTS = ("manage slots", D.SLOT, Op.WRITE)
    MANAGE_GROUPS = ("manage groups", D.GROUP_TITLE, Op.WRITE)
    SEE_GROUPS = ("see groups", D.GROUP_TITLE, Op.READ)
    SEE_SCHEDULE = ("see schedule", D.SCHEDULE, Op.READ)
    BOOK = ("book", D.SCHEDULE, Op.WRITE)
    SEE_APART = ("see apart", D.APART, Op.READ)
    KEEP_APART = ("keep apart", D.APART, Op.WRITE)
    SEE_ATTENDANCE = ("see attendance", D.ATTENDANCE, Op.READ)
    SEE_ARRIVALS = ("see arrivals", D.ARRIVAL, Op.READ)
    CHECK_IN = ("check in", D.ARRIVAL, Op.WRITE)
    OPEN_CARD = ("open emergency card", D.ARRIVAL, Op.READ, (
        *_TEAM, R.DIRECTOR, R.INTAKE, R.FRONT_DESK, R.TECHNICIAN))
    SEE_WHEREABOUTS = ("see whereabouts", D.WHEREABOUTS, Op.READ)
    ASK_WHEREABOUTS = ("ask whereabouts", D.WHEREABOUTS, Op.WRITE, _TEAM)
    TAKE_ATTENDANCE = ("take attendance", D.ATTENDANCE, Op.WRITE, (*_TEAM, R.SESSIONS))
    SEE_TIMES = ("see times", D.AVAILABILITY, Op.READ)
    GIVE_TIMES = ("give times", D.AVAILABILITY, Op.WRITE)
    PLAN_WEEK = ("plan week", D.WEEK_PLAN, Op.WRITE, (R.DIRECTOR,))
    SEARCH_WEEK = ("search week", D.WEEK_PLAN, Op.WRITE, (R.SESSIONS,))
    SEE_FIDELITY = ("see fidelity", D.FIDELITY, Op.READ)
    RATE_FIDELITY = ("rate fidelity", D.FIDELITY, Op.WRITE, (*_CLINICIANS, R.PEER, R.DIRECTOR))
    DRAW_FIDELITY = ("draw fidelity", D.FIDELITY, Op.WRITE, (R.SESSIONS,))
    # keeping people
    SEE_OUTREACH = ("see outreach", D.OUTREACH, Op.READ)
    REACH_OUT = ("reach out", D.OUTREACH, Op.WRITE)
    # bringing a clinic's clients in
    IMPORT_CLIENTS = ("import clients", D.IMPORT, Op.WRITE, (R.DIRECTOR,))
    RUN_IMPORT = ("run import", D.IMPORT, Op.WRITE, (R.IMPORTER,))
    # whom a client lets in
    SEE_SHARED = ("see shared", D.PROGRAMME, Op.READ, (R.SUPPORTER,))
    # watching
    SEE_AUDIT = ("see audit", D.AUDIT, Op.READ)
    SEAL_AUDIT = ("seal audit", D.AUDIT, Op.WRITE, (R.SEALER,))
    SEE_QUALITY = ("see quality", D.QUALITY, Op.READ)
    FREEZE_MEASURES = ("freeze measures", D.QUALITY, Op.WRITE, (R.MEASURES,))
    MANAGE_ACCOUNTS = (
        "manage accounts",
        D.ACCOUNT,
        Op.WRITE,
        (R.DIRECTOR, R.SETUP, R.SIGN_IN),
    )
