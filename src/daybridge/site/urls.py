"""What answers: every address of Daybridge. Each declares its policy (a test walks them)."""

from allauth.account.views import email as account_email
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.decorators.http import require_safe

from daybridge.access.pages import Route


def signs_in(pattern: URLPattern | URLResolver) -> None:
    """Declare allauth's own pages: they act as sign-in, on accounts and sessions alone."""
    if isinstance(pattern, URLResolver):
        for inner in pattern.url_patterns:
            signs_in(inner)
    elif pattern.callback is not None:
        pattern.callback.route = Route(None, "Signing in and out.", signs_in=True)  # type: ignore[attr-defined]


# a sign-in address is written down by staff, with what is allowed on it: here it is only shown
_accounts = [
    path("accounts/email/", require_safe(account_email)),
    path("accounts/", include("allauth.urls")),
]
for _pattern in _accounts:
    signs_in(_pattern)

urlpatterns = [
    *_accounts,
    path("", include("daybridge.access.urls")),
    path("", include("daybridge.pages.urls")),
    path("", include("daybridge.clinic.people.urls")),
    path("", include("daybridge.clinic.programme.urls")),
    path("", include("daybridge.clinic.tasks.urls")),
    path("", include("daybridge.clinic.messaging.urls")),
    path("", include("daybridge.documents.urls")),
    path("", include("daybridge.clinic.referrals.urls")),
    path("", include("daybridge.care.intake.urls")),
    path("", include("daybridge.care.instruments.urls")),
    path("", include("daybridge.care.curriculum.urls")),
    path("", include("daybridge.care.medicines.urls")),
    path("", include("daybridge.care.assessment.urls")),
    path("", include("daybridge.care.placement.urls")),
    path("", include("daybridge.care.planning.urls")),
    path("", include("daybridge.care.schedule.urls")),
    path("", include("daybridge.care.hours.urls")),
    path("", include("daybridge.care.notes.urls")),
    path("", include("daybridge.care.medical.urls")),
    path("", include("daybridge.care.retention.urls")),
    path("", include("daybridge.care.weekplan.urls")),
    path("", include("daybridge.clinic.calendar.urls")),
    path("", include("daybridge.quality.urls")),
    path("", include("daybridge.exchange.urls")),
]
handler403 = "daybridge.pages.errors.refused"
handler404 = "daybridge.pages.errors.not_found"
handler500 = "daybridge.pages.errors.broken"
