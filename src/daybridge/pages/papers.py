"""Papers and documents in the chart: keep a scan, see what is there."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.policy import DataClass
from daybridge.clinic.people.queries import name_of, staff_names
from daybridge.documents import queries
from daybridge.documents.commands_consent import sign_consent
from daybridge.documents.commands_files import keep_document
from daybridge.documents.forms import DocumentForm
from daybridge.documents.queries_files import classes_to_keep, documents_of
from daybridge.documents.rules_files import KINDS, MOST_BYTES, NotAllowed
from daybridge.kernel.typed import whole


@page(Can.SEE_DOCUMENTS)
def papers(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the documents of a client; keep another one."""
    actor = request.actor
    may_keep = may(actor, Can.KEEP_DOCUMENT, client_id=client_id)
    classes = classes_to_keep(actor, client_id=client_id) if may_keep else []
    form = DocumentForm(request.POST or None, classes=classes, consents=_offered(request, client_id))
    error = ""
    if request.method == "POST":
        error = _keep(request, client_id, form, classes) if form.is_valid() else ""
        if not error and not form.errors:
            return redirect("pages:papers", client_id)
    rows = documents_of(actor, client_id=client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "form": form, "error": error, "rows": rows,
        "by": staff_names(actor, user_ids={row.by_user_id for row in rows}),
        "may_keep": bool(classes), "most_mb": MOST_BYTES // 1_000_000,
    }
    wrong = bool(error or form.errors)
    return render(request, "pages/documents/papers.html", context, status=422 if wrong else 200)


def _offered(request: ActorRequest, client_id: int) -> list[tuple[str, str]]:
    if not may(request.actor, Can.RECORD_CONSENT, client_id=client_id):
        return []
    at = clock.now()
    return [(str(row.consent_id), row.recipient)
            for row in queries.consents_of(request.actor, client_id=client_id)
            if row.state(at) == "offered"]


def _keep(
    request: ActorRequest, client_id: int, form: DocumentForm, classes: list[DataClass]
) -> str:
    data, at, file = form.cleaned_data, clock.now(), request.FILES.get("file")
    bound_to = DataClass(data["bound_to"] or KINDS[data["kind"]].bound_to)
    consent_id = whole(data["consent"]) if data["kind"] == "consent" else 0
    if file is None:
        return "Choose the file: PDF, PNG or JPEG, at most 10 MB."
    if bound_to not in classes:
        return "You may not keep this type of document. Choose who may read it, or ask the counsellor."
    if (file.size or 0) > MOST_BYTES:
        return "The file is larger than 10 MB. Scan it in grey, or in parts."
    try:
        keep_document(
            request.actor, client_id=client_id, kind=data["kind"], bound_to=bound_to,
            about=data["about"], content=file.read(), consent_id=consent_id or None, at=at)
    except NotAllowed as problem:
        return str(problem)
    if consent_id:
        sign_consent(request.actor, client_id=client_id, consent_id=consent_id, on_paper=True, at=at,
                     name=name_of(request.actor, client_id=client_id).name)
    return ""
