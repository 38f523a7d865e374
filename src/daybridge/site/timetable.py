"""What runs when: every periodic job on one page."""

from procrastinate import App
from procrastinate.contrib.django import app

from daybridge.access import seal


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(queueing_lock="seal", pass_context=False)  # type: ignore[untyped-decorator]
def seal_audit(timestamp: int) -> None:
    """Link the acts of the last minute into the chain."""
    seal.seal_pending()


def on_app_ready(app: App) -> None:
    """Nothing to add: the tasks above register themselves."""
