"""The bench itself: a small clinic is loaded by COPY, and pages are timed beside the floor."""

import os
import re
import subprocess
import sys
from pathlib import Path

from daybridge.ops import postgres

ROOT = Path(__file__).parents[1]
PAGES = ("Today", "Chart", "Plan editor", "Forms", "Hours board", "Search", "Attendance of 10",
         "Board, whole house")


def test_a_small_clinic_is_loaded_and_timed(tmp_path_factory):
    home = tmp_path_factory.mktemp("bench")
    for parent in (home, *home.parents):
        if str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o755)
    environment = {**os.environ, "DAYBRIDGE_HOME": str(home),
                   "DJANGO_SETTINGS_MODULE": "daybridge.site.settings"}

    def daybridge(*words: str) -> str:
        done = subprocess.run([sys.executable, "-m", "daybridge", "bench", *words], env=environment,
                              cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    try:
        assert "120 clients, 24 in care" in daybridge("load", "--clients", "120")
        said = daybridge("run", "--seconds", "0.5")
    finally:
        postgres.stop(home)
    for page in PAGES:
        figures = re.search(rf"^{page} +(\d.*)$", said, re.MULTILINE)
        assert figures, f"{page} is missing in {said}"
        assert all(float(word) > 0 for word in figures[1].split())
