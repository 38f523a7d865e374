"""The referral letter: read it, see what the consent covers, let it go."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.policy import DataClass
from daybridge.clinic.people.queries import name_of, profile_of
from daybridge.clinic.referrals import letter
from daybridge.clinic.referrals.commands import NotReferred
from daybridge.clinic.referrals.commands_letter import write_letter
from daybridge.clinic.referrals.queries import referral_line
from daybridge.clinic.referrals.queries_letter import Cover, cover_of, letter_parts
from daybridge.clinic.referrals.queries_partners import partner
from daybridge.documents.commands import NoConsent
from daybridge.documents.wording import purpose_words

UNPROCESSABLE = 422


class LetterForm(forms.Form):
    """What stands in the letter, and in which language."""

    parts = forms.MultipleChoiceField(label="Beside name and request", required=False,
                                      widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("es", "Spanish")])
    address = forms.CharField(label="Their address", max_length=300, required=False)

    def __init__(self, *args: object, cover: Cover, has_address: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(part.value, letter.PART_WORDS[part]) for part in letter.OPTIONAL
                   if part in cover.covered]
        self.fields["parts"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["parts"]
        if has_address:
            del self.fields["address"]


@page(Can.REFER)
def view(request: ActorRequest, client_id: int, referral_id: int) -> HttpResponse:
    """Show the letter as it would go and what is missing; let it go."""
    actor, at = request.actor, clock.now()
    row = referral_line(actor, client_id=client_id, referral_id=referral_id)
    cover = cover_of(actor, client_id=client_id, referral_id=referral_id, at=at)
    known = partner(actor, partner_id=row.partner_id) if row.partner_id else None
    form = LetterForm(request.POST if request.method == "POST" else None, cover=cover,
                      has_address=bool(known and known.address), auto_id="letter_%s",
                      initial={"parts": [part.value for part in cover.covered]})
    missing = list(cover.missing)
    if form.is_valid() and not missing:
        try:
            return _released(request, client_id, referral_id, form)
        except NoConsent as error:
            missing = [one.words for one in error.missing]
        except NotReferred as error:
            form.add_error(error.field, str(error))
    return render(request, "referrals/letter.html", {
        "client": name_of(actor, client_id=client_id), "client_id": client_id, "row": row,
        "form": form, "missing": missing, "partner": known,
        "purpose": purpose_words(cover.purpose, "en"), "purpose_code": cover.purpose.value,
        "classes": [DataClass.REFERRAL.value, DataClass.CONTACT.value],
        "client_language": _speaks(actor, client_id),
        "not_covered": [words for part, words in letter.PART_WORDS.items() if part not in cover.covered],
        "parts": letter_parts(actor, client_id=client_id, referral_id=referral_id,
                              classes=cover.covered, language="en"),
        "may_consent": may(actor, Can.RECORD_CONSENT, client_id=client_id),
    }, status=UNPROCESSABLE if request.method == "POST" else 200)


def _speaks(actor: Actor, client_id: int) -> str:
    """Return the language in which the client reads a consent, of those we have."""
    if not may(actor, Can.SEE_DEMOGRAPHICS, client_id=client_id):
        return "en"
    return "es" if profile_of(actor, client_id=client_id).language == "es" else "en"


def _released(
    request: ActorRequest, client_id: int, referral_id: int, form: LetterForm
) -> HttpResponse:
    said = form.cleaned_data
    released = write_letter(
        request.actor, client_id=client_id, referral_id=referral_id,
        classes=frozenset(DataClass(part) for part in said.get("parts", ())),
        language=said["language"], address=said.get("address", ""), at=clock.now())
    response = HttpResponse(released.content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return response
