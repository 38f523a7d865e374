"""kill -9 in the middle of saves: whatever was answered is there, exactly once."""

import os
import random
import re
import signal
import threading
import time
from collections import Counter

from drills.house import Browser, House, new_key, say, wait_for

CLERKS = 4
SECONDS = 40  # how long they save
PAUSE = 4  # between two kills: PostgreSQL, a web worker, PostgreSQL, ...
BACK_SECONDS = 20  # own limit, on two busy cores
MINUTES = 59


class Clerk(threading.Thread):
    """Somebody who takes attendance again and again, each time until it is answered."""

    def __init__(self, house: House, occurrence_id: int, members: list[int]) -> None:
        super().__init__()
        self.browser, self.members = Browser(house, "nora"), members
        self.address, self.occurrence_id = f"/sessions/{occurrence_id}/", occurrence_id
        self.answered, self.again, self.version = 0, 0, 0
        self.statuses: Counter = Counter()
        self.longest, self.words = 0.0, ""
        assert self.browser.post(self.address, {"do": "open"}, new_key()).status == 302
        self.version = int(re.search(r'name="version" value="(\d+)"', self.browser.get(self.address).text)[1])

    def run(self) -> None:
        """Save with another number of minutes each time."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and not self.words:
            self._save(late=self.answered % MINUTES + 1)

    def _save(self, late: int) -> None:
        key, began = new_key(), time.monotonic()
        fields = {"version": self.version}
        for pk in self.members:
            fields |= {f"state-{pk}": "late", f"late-{pk}": late}
        while (status := self._send(fields, key)) != 302:
            if status not in (0, 503) or time.monotonic() - began > 60:
                return
            self.again += 1
            time.sleep(0.1)
        self.longest = max(self.longest, time.monotonic() - began)
        self.answered += 1
        self.version += 1

    def _send(self, fields: dict, key: str) -> int:
        """Return the status, or 0 when the line was cut."""
        try:
            answer = self.browser.post(self.address, fields, key)
        except OSError:
            self.statuses["cut off"] += 1
            return 0
        except Exception as error:  # noqa: BLE001 - HTTP cut in the middle of its headers
            self.statuses[type(error).__name__] += 1
            return 0
        self.statuses[answer.status] += 1
        if answer.status not in (302, 503):
            self.words = f"{answer.status}: {answer.text[-3000:]}"
        return answer.status


def test_every_answered_save_is_there_once(house, people):
    clerks = [Clerk(house, one, people["members"]) for one in people["hours"][:CLERKS]]
    before = saves(house)
    for clerk in clerks:
        clerk.start()

    kills, back, helen = Counter(), [], Browser(house, "helen")
    end = time.monotonic() + SECONDS - PAUSE
    while time.monotonic() < end:
        time.sleep(PAUSE)
        victim = "PostgreSQL" if sum(kills.values()) % 2 == 0 else "web worker"
        os.kill(house.postmaster() if victim == "PostgreSQL" else random.choice(house.web_workers()),
                signal.SIGKILL)
        kills[victim] += 1
        back.append(wait_for(lambda: answers(helen), what=f"a page after kill -9 of {victim}"))
    for clerk in clerks:
        clerk.join()

    statuses = sum((clerk.statuses for clerk in clerks), Counter())
    answered = sum(clerk.answered for clerk in clerks)
    say(f"crash: {dict(kills)}, {answered} saves answered, {sum(c.again for c in clerks)} sent again, "
        f"{dict(statuses)}")
    say(f"crash: a page again after {max(back):.1f} s at most, the longest save "
        f"{max(clerk.longest for clerk in clerks):.1f} s")
    assert [clerk.words for clerk in clerks] == [""] * CLERKS
    assert answered > CLERKS * 5
    stored = saves(house)
    for clerk in clerks:
        one = clerk.occurrence_id
        assert stored[one] - before.get(one, 0) == clerk.answered
        assert state(house, one) == (clerk.version, len(people["members"]), 60 - last(clerk))
    assert max(back) < BACK_SECONDS
    assert house.broken_pages() == []


def last(clerk: Clerk) -> int:
    """Return the minutes late of the last answered save."""
    return (clerk.answered - 1) % MINUTES + 1


def answers(browser: Browser) -> bool:
    """Tell whether a page that asks the database comes."""
    try:
        return browser.get("/tasks/").status == 200
    except Exception:  # noqa: BLE001 - whatever it is, it is not yet back
        return False


def saves(house: House) -> dict[int, int]:
    """Return how many saves the record of acts holds for each session."""
    rows = house.sql("SELECT (detail->>'occurrence_id')::int, count(*) FROM ("
                     "SELECT DISTINCT xid, detail FROM access_auditevent "
                     "WHERE act = 'hours.take_attendance' AND outcome = 'done') one GROUP BY 1")
    return dict(rows)


def state(house: House, occurrence_id: int) -> tuple[int, int, int]:
    """Return the session's version, its lines, and the minutes that they all have."""
    [(version,)] = house.sql("SELECT version FROM schedule_occurrence WHERE id = %s", occurrence_id)
    rows = house.sql("SELECT clinical_minutes FROM hours_attendance WHERE occurrence_id = %s", occurrence_id)
    assert len(set(rows)) == 1, "half a save"
    return version, len(rows), rows[0][0]
