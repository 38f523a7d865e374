"""The tablet at the door: am I expected? The same words for everybody, gone after eight seconds."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from daybridge.access import clock, identity
from daybridge.access.actors import ActorRequest, Side, system
from daybridge.access.capabilities import Can
from daybridge.access.pages import open_page, page
from daybridge.access.policy import Role
from daybridge.access.queries import own_client
from daybridge.care.hours import rules_kiosk
from daybridge.care.hours.commands_kiosk import (
    NotMade,
    add_device,
    arrive,
    count_wrong,
    end_device,
    make_code,
)
from daybridge.care.hours.queries_kiosk import DeviceRow, code_of, device_behind, devices
from daybridge.kernel.typed import whole

SHOWN_SECONDS = 8


@open_page("Whoever holds a live tablet's address; it takes a code and tells nothing.")
def kiosk(request: ActorRequest, token: str) -> HttpResponse:
    """Take a code. Known, unknown, too early, too often: the same answer."""
    at, sign_in = clock.now(), system(Role.SIGN_IN)
    with identity.acting(sign_in, at=at):
        device = device_behind(sign_in, token=token, at=at)
    if device is None:
        return HttpResponse("There is nothing here.\n", status=404, content_type="text/plain")
    here = reverse("hours:kiosk", args=[token])
    if request.method == "POST":
        _take(device, request.POST.get("code", ""))
        return redirect(f"{here}?thanks=1")
    thanks = request.GET.get("thanks") == "1"
    answer = render(request, "hours/kiosk.html", {"thanks": thanks, "here": here})
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    if thanks:
        answer["Refresh"] = f"{SHOWN_SECONDS}; url={here}"
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # the next person finds the house's language
    return answer


def _take(device: DeviceRow, typed: str) -> None:
    if device.is_slow:
        return
    at, sessions, sign_in = clock.now(), system(Role.SESSIONS), system(Role.SIGN_IN)
    with identity.acting(sessions, at=at):
        came = arrive(sessions, code=rules_kiosk.digits(typed), at=at)
    if not came:
        with identity.acting(sign_in, at=at):
            count_wrong(sign_in, device_id=device.device_id, at=at)


@page(Can.CHECK_IN, to=(Side.CLIENT,))
def my_code(request: ActorRequest) -> HttpResponse:
    """Show a client their code for the door; make one."""
    client_id = own_client(request.actor)
    if client_id is None:
        raise Http404
    if request.method == "POST":
        make_code(request.actor, client_id=client_id, at=clock.now())
        return redirect("hours:my_code")
    code = code_of(request.actor, client_id=client_id)
    return render(request, "hours/my_code.html", {"code": f"{code[:3]} {code[3:]}" if code else ""})


@page(Can.MANAGE_ACCOUNTS)
def kiosks(request: ActorRequest) -> HttpResponse:
    """Put a tablet at the door, or take it away."""
    at, address, error, status = clock.now(), "", "", 200
    if request.method == "POST" and request.POST.get("do") == "end":
        end_device(request.actor, device_id=whole(request.POST.get("device")), at=at)
        return redirect("hours:kiosks")
    if request.method == "POST":
        try:
            token = add_device(request.actor, name=request.POST.get("name", ""), at=at)
            address = request.build_absolute_uri(reverse("hours:kiosk", args=[token]))
        except NotMade as refused:
            error, status = str(refused), 422
    context = {"rows": devices(request.actor, at=at), "address": address, "error": error,
               "name": request.POST.get("name", "") if error else ""}
    answer = render(request, "hours/kiosks.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
