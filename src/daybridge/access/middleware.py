"""Every request: one transaction, one signed identity, no caching, refusals on record."""

from collections.abc import Callable, Sequence

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from daybridge.access import aside, away, gate, identity, kept, languages, memory, second_factor
from daybridge.access.actors import ANONYMOUS, Actor, system
from daybridge.access.conflict import conflict_page
from daybridge.access.policy import Role
from daybridge.kernel.typed import LARGEST

LOCKED = "locked"  # the session's key while the screen is locked
OPEN_WHILE_LOCKED = ("/unlock/", "/lock/", "/accounts/logout/")
View = Callable[..., HttpResponse]
GetResponse = Callable[[HttpRequest], HttpResponse]


class TransactionMiddleware:
    """The outer half: opens the transaction as sign-in, for sessions and accounts alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside a transaction; roll back whatever went wrong, then record refusals."""
        refusals: list[gate.Refused] = []
        request.refusals = refusals  # type: ignore[attr-defined]
        request.failed = False  # type: ignore[attr-defined]
        inside = gate.in_request.set(True)
        try:
            with transaction.atomic(), identity.acting(system(Role.SIGN_IN)):
                response = self.get_response(request)
                if request.failed:  # type: ignore[attr-defined]
                    transaction.set_rollback(True)
        except (OperationalError, InterfaceError) as error:
            languages.speak_asked(request)
            return away.answer(request, error)
        finally:
            gate.in_request.reset(inside)
        for refusal in refusals:
            gate.record_refusal(refusal)
        response.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Mark the request of a sign-in page as failed; other views are marked below."""
        request.failed = True  # type: ignore[attr-defined]


class ActorMiddleware:
    """The inner half: from here on the request acts as the person who signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its actor."""
        request.actor = actor = actor_of(request)  # type: ignore[attr-defined]
        languages.speak(request, actor)
        request.form_owner = kept.owner_token(actor)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Sequence[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Run the view under the actor's identity; sign-in's own pages keep theirs."""
        if any(isinstance(value, int) and value > LARGEST for value in kwargs.values()):
            raise Http404("No number is so large.")
        route = getattr(view, "route", None)
        locked = request.session.get(LOCKED) and request.path not in OPEN_WHILE_LOCKED
        if route is not None and route.signs_in and not locked:
            return None
        misplaced = kept.answer_misplaced(request, needs_person=route is None or route.can)
        if misplaced is not None:
            return misplaced
        if locked:
            return kept.answer_locked(request)
        if second_factor.is_missing(request):
            return redirect("mfa_index")
        actor: Actor = request.actor  # type: ignore[attr-defined]
        with identity.acting(actor), memory.remembering():
            return self._answer(request, view, args, kwargs)

    def _answer(
        self, request: HttpRequest, view: View, args: Sequence[object], kwargs: dict[str, object]
    ) -> HttpResponse:
        """Answer; whatever goes wrong rolls the whole request back."""
        try:
            if request.method == "POST":
                away.require_room()
            response = _view(request, view, args, kwargs)
            kept.settle(request, response)
            return response  # noqa: TRY300 - settling belongs to the answer
        except DataError as error:
            request.failed = True  # type: ignore[attr-defined]
            if request.method != "POST":
                raise Http404 from None
            return kept.send_again(request, kept.why_not_stored(error))
        except gate.Conflict as conflict:
            request.failed = True  # type: ignore[attr-defined]
            return conflict_page(request, conflict)
        except gate.Refused as refusal:
            request.failed = True  # type: ignore[attr-defined]
            request.refusals.append(refusal)  # type: ignore[attr-defined]
            raise
        except ObjectDoesNotExist:
            # hidden by row-level security or never there: the same answer
            request.failed = True  # type: ignore[attr-defined]
            raise Http404 from None
        except Exception:
            request.failed = True  # type: ignore[attr-defined]
            raise


def _view(
    request: HttpRequest, view: View, args: Sequence[object], kwargs: dict[str, object]
) -> HttpResponse:
    """Run the view; a page that only lacks room for the record of its reading is shown."""
    try:
        with transaction.atomic():
            return view(request, *args, **kwargs)
    except OperationalError as error:
        if request.method != "GET" or not away.is_full(error):
            raise
    with transaction.atomic(), aside.keeping():
        return view(request, *args, **kwargs)


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a request: the person, or a visitor."""
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    roles = frozenset(Role(role) for role in user.roles)
    return Actor(user_id=user.pk, roles=roles, name=user.name)
