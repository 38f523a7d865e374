"""Input checks of accounts."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _


class PasswordForm(forms.Form):
    """A new password, typed once: the browser shows and keeps it."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 letters. Four words that only you put together are good."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, may_skip: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["password"].required = not may_skip

    def clean_password(self) -> str:
        """Refuse what is short or common."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password
