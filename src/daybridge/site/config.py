"""What a clinic may set (temporary)."""
import os
from pathlib import Path
from types import SimpleNamespace


def load_config():
    kind = os.environ.get("DAYBRIDGE_KIND", "demo")
    return SimpleNamespace(
        home=Path(os.environ.get("DAYBRIDGE_HOME", "var")).resolve(), kind=kind, database_url=None,
        database=os.environ.get("DAYBRIDGE_DATABASE", "daybridge_demo"), host="localhost", port=8000,
        workers=2, debug=bool(os.environ.get("DAYBRIDGE_DEBUG")), allowed_hosts=[], smtp_host=None, smtp_port=25, smtp_user=None,
        smtp_password=None, smtp_from="x@example.org", sms_url=None, sms_token=None,
        time_zone="America/New_York", pool=False)
