"""No space left: nothing is saved and everybody is told, reading goes on, nothing typed is lost.

PostgreSQL's data stands on a small file system in memory. Only root may mount one.
"""

import os
import re
import shutil
import subprocess
from collections import Counter
from contextlib import suppress
from html import unescape
from pathlib import Path

import psycopg
import pytest

from daybridge.ops import postgres
from drills.house import Browser, copied, folder, new_key, say, wait_for

ROOM_MB = 700
NEARLY_MB = 100  # left free when the disk is nearly full
WORDS = "She wants to stop. “My girls” <need> me."


@pytest.fixture
def small_disk(template):
    """A clinic whose database stands on a disk of 700 MB; the mount goes away with it."""
    if os.getuid() != 0:
        pytest.skip("Only root may mount a small disk (tmpfs): run this drill as root.")
    home = folder()
    data = postgres.data_dir(home)
    data.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM_MB}m,mode=0700", "tmpfs", str(data)], check=False,
        capture_output=True, text=True,
    )
    if mounted.returncode:
        pytest.skip(f"This machine mounts no tmpfs: {mounted.stderr.strip()}")
    try:
        with copied(template[0], into=home) as house:
            house.start()
            yield house
    finally:
        subprocess.run(["umount", "-l", str(data)], check=False)
        shutil.rmtree(home, ignore_errors=True)


class Ballast:
    """A file that takes the room."""

    def __init__(self, disk: Path) -> None:
        self.path = disk / "ballast"

    def leave(self, megabytes: int) -> None:
        """Grow until so much is free."""
        free = shutil.disk_usage(self.path.parent).free - megabytes * 1_000_000
        with self.path.open("ab") as file, suppress(OSError):
            for _ in range(max(0, free // 4096)):
                file.write(b"x" * 4096)

    def drop(self) -> None:
        """Give the room back."""
        self.path.unlink()


def inquiry(name: str) -> dict[str, str]:
    return {"name": name, "came_by": "phone", "reason": WORDS}


def test_a_full_disk_costs_nobody_a_word(small_disk, people):
    sam, key = Browser(small_disk, "sam"), new_key()
    readers = [Browser(small_disk, first) for first in ("helen", "nora", "vera")]
    disk = Ballast(postgres.data_dir(small_disk.home))

    disk.leave(NEARLY_MB)
    nearly = attempt(sam, "Nearly Full", key)
    said = small_disk.program("doctor")
    disk.leave(0)
    attempt(sam, "Quite Full", new_key())
    parts = ("/", "/groups/", "/plan/", "/details/")
    addresses = [f"/clients/{pk}{part}" for pk in people["members"] for part in parts]
    read = Counter(one.get(path).status for path in addresses for one in readers)
    desk = [sam.get(path).status for path in ("/intake/", "/clients/", "/tasks/")]
    disk.drop()
    back = wait_for(lambda: readers[0].get("/tasks/").status == 200, what="reading")
    answers = [sam.post("/intake/new/", form_of(nearly.text), key) for _ in range(2)]

    late = [row[0]["reads"] for row in small_disk.sql(
        "SELECT detail FROM access_auditevent WHERE act = 'record.kept_in_memory'")]
    say(f"disk full: {dict(read)} pages read with 0 bytes free, record kept in memory {late}, "
        f"{back:.1f} s until all is well")
    assert "MB free" in said.stdout
    assert "nothing is saved any more" in said.stdout
    assert said.returncode == 1
    assert (set(read), set(desk)) == ({200}, {200})
    saved_once(small_disk, answers)


def test_no_room_for_the_journal_itself(small_disk):
    """PostgreSQL falls; the pages say so, and all comes back by itself when there is room."""
    sam, key = Browser(small_disk, "sam"), new_key()
    disk = Ballast(postgres.data_dir(small_disk.home))

    disk.leave(0)
    with suppress(psycopg.OperationalError):
        while True:
            small_disk.sql("SELECT pg_logical_emit_message(false, 'drill', repeat('x', 1000000))")
    first = small_disk.postmaster()
    fallen = [sam.get("/intake/"), attempt(sam, "Nearly Full", key)]
    disk.drop()
    back = wait_for(lambda: sam.get("/intake/").status == 200, what="reading")
    answers = [sam.post("/intake/new/", form_of(fallen[1].text), key) for _ in range(2)]

    say(f"journal full: PostgreSQL fell (process {first}), pages {[one.status for one in fallen]}, "
        f"back by itself {back:.1f} s after there was room")
    saved_once(small_disk, answers)


def saved_once(house, answers) -> None:
    """The form that came back was sent twice with its key: one person is written down."""
    assert [answer.status for answer in answers] == [302, 302]
    assert people_called(house, "Nearly Full") == 1
    assert people_called(house, "Quite Full") == 0
    assert house.broken_pages() == []


def attempt(sam: Browser, name: str, key: str):
    """Save, be refused in words, and see every word in the page."""
    answer = sam.post("/intake/new/", inquiry(name), key)
    assert answer.status == 503, answer.text
    assert "The database can't save now" in answer.text
    assert "What you typed is kept in this page" in answer.text
    assert WORDS in unescape(answer.text)
    assert key in answer.text
    return answer


def form_of(page: str) -> dict[str, str]:
    """Return what the page's form sends, as a browser would read it."""
    form = page[page.index("<form class"):page.index("</form>", page.index("<form class"))]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL))
    return {name: unescape(value) for name, value in found.items() if name != "_key"}


def people_called(house, name: str) -> int:
    """Return how many people were written down under this name."""
    return house.sql("SELECT count(*) FROM people_client WHERE preferred_name = %s", name)[0][0]
