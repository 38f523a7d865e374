"""DATABASE_URL: the same program on another server, reached over TCP."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from daybridge.ops import postgres

ROOT = Path(__file__).parents[1]
PORT = 54_329


def test_the_program_comes_up_on_another_server(tmp_path_factory):
    home, mine = tmp_path_factory.mktemp("server"), tmp_path_factory.mktemp("mine")
    for parent in (home, *home.parents):
        if str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o755)
    server = postgres.ensure(home, fsync=False, tcp_port=PORT)
    try:
        password = psycopg.conninfo.conninfo_to_dict(server.superuser_dsn)["password"]
        environment = {
            **os.environ, "DAYBRIDGE_HOME": str(mine), "DJANGO_SETTINGS_MODULE": "daybridge.site.settings",
            "DATABASE_URL": f"postgresql://postgres:{password}@127.0.0.1:{PORT}/postgres",
        }
        migrated, seen = (subprocess.run(
            [sys.executable, "-m", "daybridge", verb], env=environment, cwd=ROOT,
            capture_output=True, text=True, check=False,
        ) for verb in ("migrate", "doctor"))
        assert migrated.returncode == 0, migrated.stdout + migrated.stderr
        wrong = [line for line in seen.stdout.splitlines() if line.startswith("problem")]
        assert wrong == ["problem  worker: none runs. Start it: daybridge run."], seen.stdout + seen.stderr
        assert not postgres.is_running(mine)
    finally:
        postgres.stop(home)
