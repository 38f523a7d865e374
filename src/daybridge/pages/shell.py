"""The frame around every page: navigation for each role, who is on call, who is signed in."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from daybridge.access import clock, identity
from daybridge.access.actors import ANONYMOUS, Actor, Side, sides
from daybridge.access.policy import Role
from daybridge.access.posting import can_deliver
from daybridge.clinic.programme.queries import texts_were_read
from daybridge.clinic.tasks.queries import OnCall, on_call_now
from daybridge.pages import filling
from daybridge.pages.record import Place, record_places


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place to go."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None


# At most seven places a role; the first is the landing page. (label, route, icon)
PLACES = {
    "today": ("Today", "pages:today", "sun"),
    "clients": ("Clients", "people:list", "address-book"),
    "groups": ("Groups", "schedule:groups", "users-group"),
    "hours": ("Hours", "hours:board", "hourglass"),
    "outreach": ("Reach out", "retention:outreach", "phone"),
    "tasks": ("Tasks", "tasks:list", "checklist"),
    "to_sign": ("To sign", "notes:to_sign", "signature"),
    "wrong_chart": ("Wrong charts", "notes:withdrawals", "file-alert"),
    "my_notes": ("Notes", "notes:mine", "notes"),
    "intake": ("Intake desk", "intake:desk", "door-enter"),
    "arrivals": ("Arrivals", "hours:arrivals", "user-check"),
    "programme": ("Programme", "pages:programme", "building-community"),
    "principles": ("Principles", "quality:principles", "list-check"),
    "payers": ("Payers", "placement:payers", "receipt-dollar"),
    "referrals": ("Referrals", "referrals:desk", "send"),
    "medicine": ("Medicine", "medical:first", "pill"),
    "naloxone": ("Naloxone", "medicines:kits", "first-aid-kit"),
    "my_medicines": ("Medicines", "medicines:mine", "pill"),
    "settings": ("Settings", "programme:settings", "settings"),
    "library": ("Practices", "pages:library", "certificate"),
    "same_person": ("Same person", "people:same_person", "users"),
    "staff": ("Staff", "pages:staff", "license"),
    "outbox": ("Outbox", "messaging:outbox", "send"),
    "rota": ("On call", "tasks:rota", "phone-call"),
    "home": ("Today", "pages:client_home", "sun"),
    "support": ("Help", "pages:supporter_home", "heart-handshake"),
    "privacy": ("Privacy", "pages:privacy", "shield-lock"),
    "my_consents": ("Sharing", "pages:my_consents", "user-shield"),
    "my_plan": ("My plan", "planning:mine", "clipboard-heart"),
}
NAVIGATION: dict[Role, tuple[str, ...]] = {
    Role.DIRECTOR: (
        "programme",
        "principles",
        "hours",
        "groups",
        "clients",
        "staff",
        "intake",
    ),
    Role.SUPERVISOR: (
        "today",
        "clients",
        "groups",
        "hours",
        "to_sign",
        "tasks",
        "principles",
    ),
    Role.COUNSELLOR: ("today", "clients", "groups", "hours", "to_sign", "outreach", "tasks"),
    Role.PHYSICIAN: ("today", "clients", "medicine", "to_sign", "tasks", "referrals", "groups"),
    Role.NURSE: ("today", "clients", "medicine", "to_sign", "tasks", "referrals", "naloxone"),
    Role.PEER: ("today", "clients", "groups", "to_sign"),
    Role.CASE_MANAGER: ("today", "clients", "referrals", "tasks", "payers", "outbox"),
    Role.ON_CALL: ("tasks", "rota"),
    Role.INTAKE: ("intake", "clients", "groups", "tasks", "payers", "outbox", "referrals"),
    Role.FRONT_DESK: ("arrivals", "outbox"),
    Role.TECHNICIAN: ("arrivals",),
    Role.PRIVACY: ("privacy", "clients", "same_person", "wrong_chart"),
    Role.QUALITY: ("principles", "library", "settings"),
    Role.AUDITOR: ("clients",),
    Role.BILLING: ("payers", "clients"),
    Role.CLIENT: ("home", "my_plan", "my_notes", "my_medicines", "my_consents"),
    Role.SUPPORTER: ("support",),
}


# the demo's people who are offered on its sign-in page (ops.demo_names invents them)
DEMO_PEOPLE = (
    ("helen@clinic.example", "Helen, director"), ("nora@clinic.example", "Nora, counsellor"),
    ("vera@clinic.example", "Vera, clinical supervisor"), ("osei@clinic.example", "Dr Osei, physician"),
    ("sam@clinic.example", "Sam, intake"), ("fay@clinic.example", "Fay, front desk"),
    ("ruth@clinic.example", "Ruth, nurse"), ("leo@clinic.example", "Leo, peer specialist"),
    ("tess@clinic.example", "Tess, case manager"), ("ben@clinic.example", "Ben, on call"),
    ("quinn@clinic.example", "Quinn, quality manager"), ("client1@home.example", "A client"),
)
STAFF_ROLES = tuple(role for role in NAVIGATION if role not in {Role.CLIENT, Role.SUPPORTER})


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page's frame needs."""

    nav: tuple[NavItem, ...]
    record: tuple[Place, ...]
    user_name: str
    user_line: str
    initials: str
    on_call: str | None
    on_call_until: object
    demo: bool
    filling: str
    theme: str
    initials_only: bool
    frame: str
    translation_read: bool
    idle_minutes: int
    signed_in: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the frame."""
    people = DEMO_PEOPLE if settings.DAYBRIDGE.kind == "demo" else ()
    return {
        "shell": _shell(request), "demo_people": people,
        "can_mail": can_deliver("email"), "can_text": can_deliver("text"),
    }


def _shell(request: HttpRequest) -> Shell:
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    user = getattr(request, "user", None)
    on_call = _on_call(actor)
    return Shell(
        nav=navigation(actor, request.path),
        record=record_places(request, actor),
        user_name=actor.name,
        user_line=getattr(user, "line", "") or actor.name,
        initials="".join(word[0] for word in actor.name.split()[:2]).upper(),
        on_call=on_call.name if on_call else None,
        on_call_until=on_call.until if on_call else None,
        demo=settings.DAYBRIDGE.kind == "demo",
        filling=filling.words(),
        theme=request.COOKIES.get("theme", "auto"),
        initials_only=request.COOKIES.get("initials") == "1",
        frame=frame(actor),
        translation_read=_translation_read(),
        idle_minutes=10,
        signed_in=actor.user_id is not None,
    )


def frame(actor: Actor) -> str:
    """Return the frame of pages that are for everybody: nobody meets another side's."""
    own = sides(actor)
    if Side.STAFF in own:
        return "ui/app.html"
    return "ui/client.html" if Side.CLIENT in own else "ui/plain.html"


def _on_call(actor: Actor) -> OnCall | None:
    """Return who is on call, for staff; the default fill counts as nobody."""
    if not actor.has(*STAFF_ROLES) or not identity.is_acting(actor):
        return None
    found = on_call_now(actor, at=clock.now())
    return found if found is not None and found.covered else None


def _translation_read() -> bool:
    """Tell whether a named person has read what the page says; the English is our own."""
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return True
    try:
        actor = identity.current_actor()
    except identity.NoIdentity:
        return False
    return texts_were_read(actor, language=language, on=clock.now().date())


def navigation(actor: Actor, path: str) -> tuple[NavItem, ...]:
    """Return the places of the actor's roles, in order, each once."""
    keys: dict[str, None] = {}
    for role, places in NAVIGATION.items():
        if role in actor.roles:
            keys.update(dict.fromkeys(places))
    items = []
    for key in list(keys)[:7]:
        label, route, icon = PLACES[key]
        url = reverse(route)
        items.append(NavItem(gettext(label), url, icon, current=path.startswith(url)))
    return tuple(items)


def landing(actor: Actor) -> str:
    """Return the address of the role's first page."""
    nav = navigation(actor, "")
    return nav[0].url if nav else reverse("pages:nothing_here")
