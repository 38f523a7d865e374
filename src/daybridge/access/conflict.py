"""Two people changed one thing: both versions on one page, three ways on, nothing lost."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from daybridge.access.gate import Conflict


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both versions."""

    name: str
    label: str
    mine: str
    theirs: str
    is_choice: bool

    @property
    def differs(self) -> bool:
        """Tell whether the versions differ in more than line ends."""
        return _plain(self.mine) != _plain(self.theirs)


def conflict_page(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    """Show what the person wrote beside what somebody saved meanwhile."""
    lines = [
        Line(
            name, conflict.labels.get(name, gettext(name.replace("_", " ").capitalize())),
            request.POST.get(name, ""), str(stored), name in conflict.choices,
        )
        for name, stored in conflict.theirs.items()
    ]
    lines = [line for line in lines if line.mine.strip() or line.theirs.strip()]
    context = {
        "lines": lines, "version": conflict.version, "back": _back(request),
        "draft": request.POST.get("_draft", ""),
        "differing": [line for line in lines if line.differs],
        "others": {line.name for line in lines if line.differs},
    }
    return render(request, "409.html", context, status=409)


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _back(request: HttpRequest) -> str:
    """Return the page the form stood on: some forms go to addresses that show nothing."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    wanted = request.POST.get("_back") or came_from.path or request.path
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else "/"
