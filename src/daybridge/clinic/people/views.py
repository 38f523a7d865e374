"""Finding, writing down and changing people; the staff and their licences."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.clinic.people import commands, queries, rules
from daybridge.clinic.people.forms import (
    ContactForm,
    NewPersonForm,
    PermissionsForm,
    PersonForm,
    ProfileForm,
    SupporterForm,
)
from daybridge.clinic.people.queries_access import own_page_of
from daybridge.clinic.people.queries_search import look_alikes, search
from daybridge.clinic.programme.queries import setting, sites
from daybridge.kernel.typed import whole

PERMISSIONS = ("may_call", "may_text", "may_leave_voicemail", "safe_at_home")


def _today(request: ActorRequest) -> date:
    return sites(request.actor)[0].day(clock.now())


@page(Can.SEE_NAMES)
def clients(request: ActorRequest) -> HttpResponse:
    """Find people by the beginning of any name or number."""
    words = request.GET.get("q", "")[:100]
    context = {
        "q": words, "hits": search(request.actor, words=words, limit=40) if words.strip() else [],
        "recent": [] if words.strip() else queries.newest(request.actor),
        "may_register": may(request.actor, Can.REGISTER_CLIENT),
        "may_import": may(request.actor, Can.IMPORT_CLIENTS), "as_of": clock.now(),
    }
    return render(request, "people/clients.html", context)


@page(Can.REGISTER_CLIENT)
def new(request: ActorRequest) -> HttpResponse:
    """Write down somebody; who may be the same person is shown first."""
    today = _today(request)
    form = NewPersonForm(request.POST or None, today=today)
    alike, minor = [], False
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        minor = bool(data["birth_date"]) and rules.is_minor(
            data["birth_date"], today, adult_from=setting(request.actor, key="adult_from", on=today)
        )
        alike = look_alikes(request.actor, name=data["legal_name"] or data["preferred_name"],
                            birth_date=data["birth_date"], phone=data["phone"])
        if not minor and (not alike or request.POST.get("somebody_else")):
            return redirect("people:details", _register(request, data))
    status = 422 if form.errors or minor else 200
    context = {"form": form, "alike": alike, "minor": minor}
    return render(request, "people/new.html", context, status=status)


def _register(request: ActorRequest, data: dict[str, object]) -> int:
    at = clock.now()
    kept = {key: data[key] for key in ("preferred_name", "legal_name", "birth_date", "pronouns",
                                       "language")}
    client_id = commands.register_client(request.actor, at=at, **kept)  # type: ignore[arg-type]
    if data["phone"]:
        commands.add_contact_point(
            request.actor, client_id=client_id, kind="phone", value=str(data["phone"]), at=at,
            may_call=bool(data["may_call"]), may_text=bool(data["may_text"]),
        )
    return client_id


@page(Can.SEE_NAMES)
def details(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show and change names, channels, languages, supporters."""
    actor = request.actor
    name = queries.name_of(actor, client_id=client_id)
    context: dict[str, object] = {"client": name, "forms": {}}
    if may(actor, Can.SEE_IDENTITY, client_id=client_id):
        identity = queries.identity_of(actor, client_id=client_id)
        context["identity"] = identity
        context["person"] = PersonForm(today=_today(request), initial={
            "preferred_name": name.name, "legal_name": identity.legal_name,
            "birth_date": identity.birth_date or "", "pronouns": name.pronouns,
        })
    if may(actor, Can.SEE_CONTACT, client_id=client_id):
        context["contact"] = [
            (row, PermissionsForm(auto_id=f"id_{row.contact_id}_%s", initial={
                field: getattr(row, field) for field in PERMISSIONS
            } | {"verified": row.verified_at is not None}))
            for row in queries.contact_of(actor, client_id=client_id)
        ]
        context["contact_form"] = ContactForm()
        if may(actor, Can.SET_TEAM, client_id=client_id):
            context["own_page"] = own_page_of(actor, client_id=client_id)
    if may(actor, Can.SEE_DEMOGRAPHICS, client_id=client_id):
        row = queries.profile_of(actor, client_id=client_id)
        context["profile"] = ProfileForm(initial={
            field: getattr(row, field) for field in ProfileForm.base_fields
        })
    if may(actor, Can.SEE_SUPPORTERS, client_id=client_id):
        context["supporters"] = queries.supporters_of(actor, client_id=client_id)
        context["supporter_form"] = SupporterForm()
    for can in (Can.SEE_APART, Can.BLOCK_PERSON, Can.FOLD_CHARTS):
        context[can.name.lower()] = may(actor, can, client_id=client_id)
    for can in (Can.EDIT_CLIENT, Can.EDIT_CONTACT, Can.EDIT_DEMOGRAPHICS, Can.EDIT_SUPPORTERS):
        context[can.name.lower()] = may(actor, can, client_id=client_id)
    return render(request, "people/details.html", context)


@page(Can.EDIT_CLIENT)
@require_POST
def change(request: ActorRequest, client_id: int) -> HttpResponse:
    """Change names; a stale version is shown both texts."""
    form = PersonForm(request.POST, today=_today(request))
    if not form.is_valid():
        return _again(request, client_id, form)
    commands.change_names(
        request.actor, client_id=client_id, at=clock.now(),
        version=whole(request.POST.get("version")), **form.cleaned_data,
    )
    return redirect("people:details", client_id)


@page(Can.EDIT_CONTACT)
@require_POST
def add_contact(request: ActorRequest, client_id: int) -> HttpResponse:
    """Add a channel with what is allowed on it."""
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _again(request, client_id, form)
    commands.add_contact_point(
        request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data
    )
    return redirect("people:details", client_id)


@page(Can.EDIT_CONTACT)
@require_POST
def change_contact(request: ActorRequest, client_id: int, contact_id: int) -> HttpResponse:
    """Change what is allowed on a channel; a word taken back holds from the next message on."""
    form = PermissionsForm(request.POST)
    if not form.is_valid():
        return send_again(request, "Say whether this channel is safe at home.")
    commands.change_permissions(
        request.actor, client_id=client_id, contact_id=contact_id, at=clock.now(),
        **form.cleaned_data,
    )
    return redirect("people:details", client_id)


@page(Can.EDIT_DEMOGRAPHICS)
@require_POST
def change_profile(request: ActorRequest, client_id: int) -> HttpResponse:
    """Change language, culture, faith, gender."""
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _again(request, client_id, form)
    commands.change_profile(
        request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data
    )
    return redirect("people:details", client_id)


@page(Can.EDIT_SUPPORTERS)
@require_POST
def add_supporter(request: ActorRequest, client_id: int) -> HttpResponse:
    """Write down somebody who helps."""
    form = SupporterForm(request.POST)
    if not form.is_valid():
        return _again(request, client_id, form)
    commands.add_supporter(request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data)
    return redirect("people:details", client_id)


def _again(request: ActorRequest, client_id: int, form: object) -> HttpResponse:
    context = {"client": queries.name_of(request.actor, client_id=client_id), "form": form}
    return render(request, "people/again.html", context, status=422)
