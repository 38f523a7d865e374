"""`daybridge doctor`: checks the machine and the settings, says what is wrong and what to do."""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured

from daybridge.access import room
from daybridge.care.curriculum.library import shipped
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.instruments.library import load
from daybridge.ops import postgres
from daybridge.ops.provision import database_settings
from daybridge.site.config import Config, load_config
from daybridge.site.secrets import FILE_NAME, load_secrets

LEAST_FREE_BYTES = 2_000_000_000
CLOCKS_APART_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: fine, or what is wrong and what to do about it."""

    what: str
    problem: str = ""
    remedy: str = ""


Check = Callable[[Config], Iterator[Finding]]


def main(argv: list[str]) -> int:
    """Run every check, print a line each, and return 1 when something is wrong."""
    config, problems = load_config(), 0
    for check in CHECKS:
        for finding in check(config):
            problems += bool(finding.problem)
            line = f"problem  {finding.what}: {finding.problem} {finding.remedy}".rstrip()
            print(line if finding.problem else f"ok       {finding.what}")
    print("Nothing is wrong." if not problems else f"{problems} to look at.")
    return 1 if problems else 0


def _machine(config: Config) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        f"Python {version}",
        "" if sys.version_info >= (3, 11) else "too old.",
        "Install 3.11.",
    )
    yield from _room("the home folder's disk", config.home)
    if not config.database_url:
        yield from _room("the database's disk", postgres.data_dir(config.home))


def _room(what: str, folder: Path) -> Iterator[Finding]:
    """Say how much is free, and warn before nothing can be saved any more."""
    while not folder.exists():
        folder = folder.parent
    free = room.free_bytes(folder)
    low = "" if free > LEAST_FREE_BYTES else "less than 2 GB is free."
    if free < room.LEAST_BYTES:
        low = f"less than {room.LEAST_BYTES // 1_000_000} MB is free, nothing is saved any more."
    yield Finding(f"{what}, {free // 1_000_000:,} MB free", low, f"Make room on the disk of {folder}.")


def _instruments(_config: Config) -> Iterator[Finding]:
    """A definition with a mistake is named; the other instruments work."""
    library = load()
    yield Finding(f"{len(library.instruments)} instruments")
    for problem in library.problems:
        yield Finding("an instrument is left out", f"{problem}.", "Mend the file.")


def _programs(config: Config) -> Iterator[Finding]:
    try:
        yield Finding(f"PostgreSQL in {postgres.binaries()}")
    except postgres.CannotStart as error:
        yield Finding("PostgreSQL", str(error))


def _home(config: Config) -> Iterator[Finding]:
    """The home folder holds everything that is the clinic's own."""
    usable = config.home.is_dir() and os.access(config.home, os.R_OK | os.W_OK | os.X_OK)
    wrong = "" if usable or not config.home.exists() else f"{config.home} can't be written to."
    yield Finding("home folder", wrong, "Give it to this user, or name another in DAYBRIDGE_HOME.")
    kit = Path(__file__).resolve().parents[3] / "node_modules" / "@tabler" / "core" / "dist"
    yield Finding("UI kit", "" if kit.is_dir() else "node_modules is missing: pages have no looks.",
                  "Run: make run.")


def _secrets(config: Config) -> Iterator[Finding]:
    path = config.home / FILE_NAME
    if not path.exists():
        yield Finding("secrets (made at the first start)")
        return
    try:
        load_secrets(config.home)
    except (OSError, ValueError, TypeError):
        yield Finding("secrets", "they can't be read.",
                      f"Put {path} back from your backup: nothing opens without it.")
        return
    others = path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    yield Finding("secrets", "others may read them." if others else "", f"chmod 600 {path}")


def _database(config: Config) -> Iterator[Finding]:
    if not config.database_url and not postgres.is_running(config.home):
        yield Finding("database", f"it does not run.{_last_words(config)}", "Start it: daybridge run.")
        return
    try:
        login = database_settings(config, load_secrets(config.home), "app")
    except (OSError, ValueError, TypeError, ImproperlyConfigured) as error:
        yield Finding("database", f"nobody can sign in to it: {error}.",
                      "Mend what stands above, or DATABASE_URL.")
        return
    try:
        with psycopg.connect(
            host=str(login["HOST"]),
            port=str(login["PORT"]),
            user=str(login["USER"]),
            password=str(login["PASSWORD"]),
            dbname=str(login["NAME"]),
            connect_timeout=5,
        ) as connection:
            yield Finding(f"database {config.database} answers")
            yield from _roles(connection)
            yield from _worker(connection)
            yield from _clock(connection)
    except psycopg.OperationalError as error:
        words = " ".join(str(error).split()).rstrip(".")
        yield Finding("database", f"{words}.", "See postgres.log in the home folder, or DATABASE_URL.")


def _last_words(config: Config) -> str:
    """Return why PostgreSQL last gave up, from its own log."""
    try:
        lines = (config.home / "postgres.log").read_text(errors="replace").splitlines()[-50:]
    except OSError:
        return ""
    found = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    return f" Its log says: {found[-1].split(':  ', 1)[-1]}." if found else ""


def _roles(connection: "psycopg.Connection[tuple[object, ...]]") -> Iterator[Finding]:
    row = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole, "
        "(SELECT count(*) FROM pg_class WHERE relowner = r.oid), "
        "(SELECT count(*) FROM pg_class WHERE relkind = 'r' "
        "AND relrowsecurity AND relforcerowsecurity) "
        "FROM pg_roles r WHERE rolname = current_user"
    ).fetchone()
    powerful, owned, guarded = row or (True, 0, 0)
    wrong = "it may do too much." if powerful or owned else ""
    yield Finding("the program's login owns nothing", wrong, "Run: daybridge migrate.")
    yield Finding(
        f"row-level security on {guarded} tables",
        "" if guarded else "none.",
        "Run: daybridge migrate.",
    )


def _worker(connection: "psycopg.Connection[tuple[object, ...]]") -> Iterator[Finding]:
    """Ask when the worker was last heard of: it says so every ten seconds."""
    row = connection.execute(
        "SELECT to_char(max(last_heartbeat) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), "
        "coalesce(max(last_heartbeat) > now() - interval '60 s', false) FROM procrastinate_workers"
    ).fetchone()
    heard, is_alive = row or (None, False)
    silent = f"it was last heard of at {heard} UTC." if heard else "none runs."
    yield Finding("worker", "" if is_alive else silent, "Start it: daybridge run.")


def _clock(connection: "psycopg.Connection[tuple[object, ...]]") -> Iterator[Finding]:
    """Compare this machine's clock with the database's: signatures of who acts live 15 minutes."""
    (seconds,) = connection.execute(
        "SELECT (%s - extract(epoch FROM clock_timestamp()))::float", [time.time()]
    ).fetchone() or (0.0,)
    apart = float(str(seconds))
    words = f"it is {apart / 60:+.0f} minutes from the database's."
    wrong = words if abs(apart) > CLOCKS_APART_SECONDS else ""
    yield Finding("this machine's clock", wrong, "Nobody can sign in: set both clocks by a time server.")


def _mail(config: Config) -> Iterator[Finding]:
    if config.kind == "demo":
        yield Finding("e-mail and text messages: kept in the outbox (demo)")
        return
    yield Finding(
        "e-mail", "" if config.smtp_host else "nobody sends it.", "Set DAYBRIDGE_SMTP_HOST."
    )
    yield Finding(
        "text messages",
        "" if config.text_url and config.text_token else "nobody sends them.",
        "Set DAYBRIDGE_TEXT_URL and DAYBRIDGE_TEXT_TOKEN.",
    )


def _practices(_config: Config) -> Iterator[Finding]:
    """Name each file of the practice library that can't be used; the rest works."""
    library = shipped()
    for problem in library.problems:
        yield Finding("practice library", problem, "Mend the file.")
    if not library.problems:
        yield Finding(f"practice library, {len(library.practices)} practices")


def _lessons(_config: Config) -> Iterator[Finding]:
    """Name each lesson that can't be used; the rest works."""
    found = curriculum()
    for problem in found.problems:
        yield Finding("curriculum", problem, "Mend the file.")
    if not found.problems:
        yield Finding(f"curriculum, {len(found.lessons)} lessons")


CHECKS: tuple[Check, ...] = (
    _machine, _programs, _instruments, _practices, _lessons, _home, _secrets, _database, _mail,
)
