"""What waits for the viewer, their macros, wrong charts; and a client's own notes."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.care.notes import commands_after, commands_withdraw, queries, queries_due, rules
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.rows import by_group
from daybridge.clinic.people.queries import names
from daybridge.clinic.people.queries_search import search
from daybridge.kernel.typed import whole

MOST_HITS = 8
# the four lines, and what a note is about, in a client's words
PLAIN = {
    rules.Section.DATA: _("What we talked about"), rules.Section.ASSESSMENT: _("How it looks to us"),
    rules.Section.RESPONSE: _("How it went for you"), rules.Section.PLAN: _("What comes next"),
}
ABOUT = {
    rules.Kind.INDIVIDUAL: _("Talk"), rules.Kind.FAMILY: _("Family talk"),
    rules.Kind.PEER: _("Talk with a peer"), rules.Kind.MEDICAL: _("Medical visit"),
    rules.Kind.PHONE: _("Phone call"), rules.Kind.CRISIS: _("Call in a hard moment"),
}


@page(Can.WRITE_NOTE)
def to_sign(request: ActorRequest) -> HttpResponse:
    """Show what waits: notes to co-sign, notes to write and to sign."""
    viewer, at = request.actor, clock.now()
    due = queries_due.notes_due(viewer, at=at)
    known = names(viewer, of={row.client_id for row in due})
    waiting = queries_due.to_cosign(viewer, at=at) if may(viewer, Can.COSIGN_NOTE) else []
    groups, single = by_group(waiting)
    context = {
        "at": at, "cosigns": may(viewer, Can.COSIGN_NOTE), "groups": groups,
        "due": [(row, known[row.client_id]) for row in due if row.client_id in known],
        "rows": single,
    }
    return render(request, "notes/to_sign.html", context)


@page(Can.WRITE_NOTE)
def macros(request: ActorRequest) -> HttpResponse:
    """Show and change the viewer's own texts."""
    error, sent = "", request.POST
    if request.method == "POST":
        try:
            if sent.get("drop"):
                commands_after.drop_macro(request.actor, name=sent["drop"][:24], at=clock.now())
            else:
                commands_after.keep_macro(request.actor, name=sent.get("name", ""),
                                          words=sent.get("words", ""), at=clock.now())
        except NotReady as problem:
            error = str(problem)
        else:
            return redirect("notes:macros")
    context = {"macros": queries.macros(request.actor), "error": error, "sent": sent}
    return render(request, "notes/macros.html", context, status=422 if error else 200)


@page(Can.WITHDRAW_NOTE)
def withdrawals(request: ActorRequest) -> HttpResponse:
    """Show the notes in a wrong chart that still need somebody."""
    context = {
        "rows": queries_due.withdrawals(request.actor, at=clock.now()), "at": clock.now(),
        "decides": may(request.actor, Can.DECIDE_BREACH),
        "withdraws_as": queries_due.may_withdraw_as(request.actor),
    }
    return render(request, "notes/withdrawals.html", context)


@page(Can.WITHDRAW_NOTE)
@require_POST
def withdraw(request: ActorRequest, client_id: int, note_id: int) -> HttpResponse:
    """Ask for a withdrawal, confirm or decline it, decide on breach."""
    actor, sent, at = request.actor, request.POST, clock.now()
    ids = {"client_id": client_id, "note_id": note_id}
    try:
        match sent.get("do"):
            case "decline":
                commands_withdraw.decline_withdrawal(actor, **ids, at=at)
            case "breach" | "no breach":
                commands_withdraw.decide_breach(
                    actor, **ids, breach=sent["do"] == "breach", why=sent.get("why", ""), at=at)
            case _:
                commands_withdraw.withdraw_note(actor, **ids, why=sent.get("why", ""), at=at)
    except NotReady as error:
        return send_again(request, str(error))
    return redirect("notes:withdrawals")


@page(Can.WRITE_NOTE)
def take_along(request: ActorRequest, client_id: int, note_id: int) -> HttpResponse:
    """Let an author choose the right chart, and take their withdrawn words along."""
    actor, error, words = request.actor, "", request.GET.get("q", "")[:100]
    index = queries.note_index(actor, client_id=client_id, note_id=note_id)
    found = queries_due.withdrawal_of(actor, client_id=client_id, note_id=note_id)
    if found is None or found.done_at is None or index.author_id != actor.user_id:
        raise Http404
    if request.method == "POST":
        right = whole(request.POST.get("right"))
        try:
            new = commands_withdraw.copy_to_right_chart(
                actor, client_ids=[client_id, right], note_id=note_id, at=clock.now())
        except NotReady as problem:
            error = str(problem)
        else:
            return redirect("notes:note", right, new) if new else redirect("notes:apart", right)
    context = {
        "index": index, "withdrawal": found, "error": error, "q": words,
        "hits": search(actor, words=words, limit=MOST_HITS) if words.strip() else [],
    }
    return render(request, "notes/take_along.html", context, status=422 if error else 200)


@page(Can.SEE_NOTES, to=(Side.CLIENT,))
def mine(request: ActorRequest) -> HttpResponse:
    """Show a client what was written about them, signed, in words for everybody."""
    viewer = request.actor
    client_id = own_client(viewer)
    if client_id is None:
        raise Http404
    doubt = queries_due.in_doubt(viewer, client_id=client_id)
    rows = [row for row in queries.notes_of(viewer, client_id=client_id)
            if row.signed_at and row.note_id not in doubt]
    found = queries.words_of(viewer, client_id=client_id, note_ids=[row.note_id for row in rows])
    context = {
        "at": clock.now(),
        "rows": [
            {"row": row, "about": ABOUT[rules.Kind(row.kind)], "words": found[row.note_id],
             "lines": [(PLAIN[rules.Section(line.key)], line.text)
                       for line in found[row.note_id].lines if line.text]}
            for row in rows if row.note_id in found
        ],
    }
    return render(request, "notes/mine.html", context)
