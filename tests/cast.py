"""The people every test may call on. Invented, all of them.

They are settled once for a test run, through the commands, as the work itself would; each
test starts from this clinic and is rolled back to it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from daybridge.access.accounts import create_admin, invite
from daybridge.access.actors import ANONYMOUS, Actor
from daybridge.access.policy import Role
from daybridge.access.relate import block, join_team, link_self
from daybridge.clinic.people.commands import (
    add_contact_point,
    add_supporter,
    change_profile,
    register_client,
)
from daybridge.clinic.people.commands_staff import add_licence, employ, name_deputy, supervise
from daybridge.clinic.programme.commands import add_room, add_site, set_up
from tests.canaries import CANARIES

MONDAY = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)  # 09:00 in New York
FOUNDED = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
PASSWORD = "a quiet river 42"

# name, job, credential, roles, licence that lets them be in charge (kind or None)
STAFF = {
    "helen": ("Helen Carrow", "director", "", (Role.DIRECTOR,), None),
    "vera": ("Vera Lindt", "clinical supervisor", "LCSW", (Role.SUPERVISOR,), "LCSW"),
    "nora": ("Nora Feld", "counsellor", "LCSW", (Role.COUNSELLOR,), "LCSW"),
    "paul": ("Paul Reyes", "counsellor", "LPC", (Role.COUNSELLOR,), "LPC"),
    "iris": ("Iris Chan", "counsellor in training", "CADC-I", (Role.COUNSELLOR,), None),
    "osei": ("Dr Kwame Osei", "physician", "MD", (Role.PHYSICIAN,), "MD"),
    "ruth": ("Ruth Bell", "nurse", "RN", (Role.NURSE,), None),
    "leo": ("Leo Marsh", "peer specialist", "CPS", (Role.PEER,), None),
    "tess": ("Tess Nguyen", "case manager", "", (Role.CASE_MANAGER,), None),
    "ben": ("Ben Adeyemi", "case manager on call", "", (Role.ON_CALL,), None),
    "sam": ("Sam Okafor", "intake coordinator", "", (Role.INTAKE,), None),
    "fay": ("Fay Jensen", "front desk", "", (Role.FRONT_DESK,), None),
    "tom": ("Tom Ibarra", "testing technician", "", (Role.TECHNICIAN,), None),
    "pia": ("Pia Novotny", "privacy officer", "", (Role.PRIVACY,), None),
    "quinn": ("Quinn Abara", "quality manager", "", (Role.QUALITY,), None),
    "ada": ("Ada Stone", "auditor", "", (Role.AUDITOR,), None),
    "bill": ("Bill Marek", "billing", "", (Role.BILLING,), None),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A client of the cast: id and own account."""

    client_id: int
    account: Actor
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, and the house they work in."""

    staff: dict[str, Actor]
    staff_ids: dict[str, int]
    maria: Person
    andre: Person
    jonah: Person
    ana: Actor
    site_id: int
    rooms: dict[str, int]

    def __getattr__(self, name: str) -> Actor:
        """Return a member of staff by first name: cast.nora, cast.osei."""
        staff: dict[str, Actor] = object.__getattribute__(self, "staff")
        try:
            return staff[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def everyone(self) -> dict[str, Actor]:
        """Return every actor: staff, clients, a supporter, a visitor."""
        return {
            **self.staff,
            "maria": self.maria.account,
            "andre": self.andre.account,
            "ana": self.ana,
            "visitor": ANONYMOUS,
        }


def email(first: str) -> str:
    """Return the account address of a member of the cast."""
    return f"{first}@clinic.example"


def settle() -> Cast:
    """Found the clinic and its people."""
    at = FOUNDED
    admin = create_admin(email=email("helen"), name="Helen Carrow", password=PASSWORD)
    helen = Actor(admin, frozenset({Role.DIRECTOR}), "Helen Carrow")
    set_up(
        helen,
        name="Riverside Day Programme",
        kind="demo",
        phone="555-0100",
        crisis_phone="555-0199",
        address="12 Mill Street",
        at=at,
    )
    site_id = add_site(helen, name="Mill Street", time_zone="America/New_York", at=at)
    rooms = {
        name: add_room(helen, site_id=site_id, name=name, seats=seats, is_video=False, at=at)
        for name, seats in {"Room 1": 14, "Room 2": 12, "Office 3": 4}.items()
    }
    staff, staff_ids = _staff(helen, at)
    sam = staff["sam"]
    maria = _client(helen, sam, "Maria Delgado", date(1992, 3, 4), "she/her", "555-0142", "es", at)
    andre = _client(helen, sam, "Andre Novak", date(1988, 7, 9), "he/him", "555-0143", "en", at)
    jonah = _client(helen, sam, "Jonah Whitlock", date(1979, 1, 2), "he/him", "555-0144", "en", at)
    for first, part in (
        ("nora", "primary"),
        ("osei", "in_charge"),
        ("ruth", "member"),
        ("leo", "member"),
        ("tess", "member"),
        ("vera", "supervises"),
    ):
        join_team(
            helen,
            client_id=maria.client_id,
            user_id=staff[first].user_id or 0,
            part=part,
            at=at,
        )
    join_team(
        helen,
        client_id=andre.client_id,
        user_id=staff["paul"].user_id or 0,
        part="primary",
        at=at,
    )
    block(
        helen,
        client_id=jonah.client_id,
        user_id=staff["fay"].user_id or 0,
        reason="former partner",
        at=at,
    )
    ana_id = invite(
        helen,
        email="ana@home.example",
        name="Ana Delgado",
        roles=[Role.SUPPORTER],
        password=PASSWORD,
        at=at,
    )
    ana = Actor(ana_id, frozenset({Role.SUPPORTER}), "Ana Delgado")
    return Cast(staff, staff_ids, maria, andre, jonah, ana, site_id, rooms)


def _staff(helen: Actor, at: datetime) -> tuple[dict[str, Actor], dict[str, int]]:
    staff, staff_ids = {"helen": helen}, {}
    for first, (name, job, credential, roles, licence) in STAFF.items():
        if first != "helen":
            user_id = invite(
                helen,
                email=email(first),
                name=name,
                roles=[*roles],
                line=f"{name}, {job}",
                password=PASSWORD,
                at=at,
            )
            staff[first] = Actor(user_id, frozenset(roles), name)
        staff_ids[first] = employ(
            helen,
            user_id=staff[first].user_id or 0,
            name=name,
            credential=credential,
            job=job,
            languages="en es" if first == "nora" else "en",
            at=at,
        )
        if licence:
            add_licence(
                helen,
                staff_id=staff_ids[first],
                kind=licence,
                number=f"{licence}-100{len(staff)}",
                state="NY",
                valid_from=date(2020, 1, 1),
                valid_until=date(2028, 12, 31),
                at=at,
            )
    for first, deputy in (("nora", "paul"), ("osei", "vera"), ("paul", "nora")):
        name_deputy(
            helen,
            staff_id=staff_ids[first],
            deputy_id=staff_ids[deputy],
            supervisor_id=staff_ids["vera"],
            at=at,
        )
    supervise(helen, staff_id=staff_ids["iris"], supervisor_id=staff_ids["vera"],
              from_day=at.date(), at=at)
    return staff, staff_ids


def _client(
    helen: Actor,
    sam: Actor,
    name: str,
    born: date,
    pronouns: str,
    phone: str,
    language: str,
    at: datetime,
) -> Person:
    first = name.split(maxsplit=1)[0].lower()
    client_id = register_client(
        sam,
        preferred_name=name,
        legal_name=CANARIES["identity"][first],
        birth_date=born,
        pronouns=pronouns,
        language=language,
        at=at,
    )
    add_contact_point(
        sam,
        client_id=client_id,
        kind="phone",
        value=phone,
        may_call=True,
        may_text=True,
        safe_at_home="yes",
        verified=True,
        at=at,
    )
    change_profile(
        sam,
        client_id=client_id,
        language=language,
        other_languages="en",
        faith=CANARIES["demographics"][first],
        at=at,
    )
    add_supporter(
        sam,
        client_id=client_id,
        name=CANARIES["supporter"][first],
        kind="family",
        relation="sister",
        is_safe="yes",
        at=at,
    )
    user_id = invite(
        helen,
        email=f"{first}@home.example",
        name=name,
        roles=[Role.CLIENT],
        password=PASSWORD,
        language=language,
        at=at,
    )
    link_self(helen, client_id=client_id, user_id=user_id, at=at)
    return Person(client_id, Actor(user_id, frozenset({Role.CLIENT}), name), name)
