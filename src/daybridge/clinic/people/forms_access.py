"""Input checks of letting people in."""

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.access import identity
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.clinic.people import rules
from daybridge.clinic.people.queries_access import account_reached_by

ROLES = [
    (role.value, role.value.replace("_", " ").capitalize())
    for role in Role
    if ":" not in role.value
    and role not in {Role.CLIENT, Role.SUPPORTER, Role.ANONYMOUS, Role.KIOSK, Role.CALENDAR}
]
DAY = forms.DateInput(attrs={"type": "date"})


class AskForCodeForm(forms.Form):
    """Ask for a sign-in code. A known and an unknown address get the same answer."""

    reach = forms.CharField(
        label=_("Your e-mail address or telephone number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    _user: User | None = None

    def clean(self) -> dict[str, str]:
        """Find out, without telling, whom a code sent there would reach."""
        typed = self.cleaned_data.get("reach", "")
        if not typed:
            return self.cleaned_data
        kind = "email" if "@" in typed else "phone"
        key = rules.fold_contact(kind, typed)
        if not ratelimit.consume(context.request, action="request_login_code", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = account_reached_by(identity.current_actor(), typed=typed)
        return {**self.cleaned_data, kind: typed}


class InviteForm(forms.Form):
    """A new member of staff; the licence may follow later."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField(label="E-mail address", max_length=254)
    job = forms.CharField(max_length=60, help_text="Such as counsellor")
    credential = forms.CharField(max_length=60, required=False, help_text="Such as LCSW")
    roles = forms.MultipleChoiceField(
        choices=ROLES, widget=forms.CheckboxSelectMultiple, label="What may they do?"
    )
    kind = forms.CharField(max_length=40, required=False, label="Kind of licence")
    number = forms.CharField(max_length=40, required=False)
    state = forms.CharField(max_length=2, required=False)
    first = forms.DateField(required=False, label="Valid from", widget=DAY)
    last = forms.DateField(required=False, label="Valid until", widget=DAY)

    def clean(self) -> dict[str, object]:
        """Take a licence whole or not at all."""
        data = self.cleaned_data
        needed = [data.get(name) for name in ("kind", "first", "last")]
        if any([*needed, data.get("number"), data.get("state")]) and not all(needed):
            raise forms.ValidationError("A licence needs its kind and its first and last valid day.")
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "The last valid day is not before the first.")
        return data
