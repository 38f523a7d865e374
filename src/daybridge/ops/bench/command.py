"""`daybridge bench`: load a big invented clinic, time pages beside a floor."""

import argparse
import os
import sys

DATABASE = "daybridge_bench"
SIZES = (5_000, 1_000, 20_000)


def main(argv: list[str]) -> int:
    """Load, run, or both at three sizes; always in the bench's own database."""
    parser = argparse.ArgumentParser(prog="daybridge bench")
    parser.add_argument("what", nargs="?", choices=["load", "run", "all"], default="all")
    parser.add_argument("--clients", type=int, default=SIZES[0])
    parser.add_argument("--seconds", type=float, default=8.0, help="time for each page")
    options = parser.parse_args(argv)
    os.environ.update(DAYBRIDGE_DATABASE=DATABASE, DAYBRIDGE_KIND="demo")
    import django  # noqa: PLC0415 - the settings read what was set above

    django.setup()
    from daybridge.ops.bench.load import load  # noqa: PLC0415
    from daybridge.ops.bench.run import run  # noqa: PLC0415

    if options.what == "load":
        load(options.clients, say=_say)
        return 0
    if options.what == "run":
        run(seconds=options.seconds, say=_say)
        return 0
    medians = {}
    for size in SIZES:
        load(size, say=_say)
        medians[size] = {line.name: line.ours.at(50) for line in run(seconds=options.seconds, say=_say)}
    _say("Growth from 1,000 to 20,000 clients: " + ", ".join(
        f"{name} {medians[SIZES[2]][name] / median:.2f}" for name, median in medians[SIZES[1]].items()))
    return 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
