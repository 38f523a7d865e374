"""`daybridge instruments add FILE`: the published words of a form; other verbs need no database."""

import argparse
import sys
from pathlib import Path

from daybridge.care.instruments import cli, packs
from daybridge.care.instruments.known import NoSuchForm, by_name
from daybridge.care.instruments.library import Pack, load


def main(argv: list[str]) -> int:
    """Add a text pack, or hand other verbs on; return 1 and say what differs when it can't be."""
    if argv[:1] != ["add"]:
        return cli.main(argv)
    parser = argparse.ArgumentParser(prog="daybridge instruments add")
    parser.add_argument("file", type=Path, help="a FHIR R4 Questionnaire")
    parser.add_argument("--instrument", help="which form it is, when the file does not say so")
    parser.add_argument("--source", default="", help="where the file is from")
    parser.add_argument("--licence-held", dest="licence", default="",
                        help="the licence your site holds, where one is needed")
    parser.add_argument("--leave-out", nargs="*", default=[], help="linkIds that our form does not have")
    parser.add_argument("--as", dest="email", help="the director who adds it (default: the first)")
    options = parser.parse_args(argv[1:])
    try:
        content = options.file.read_bytes()
        instrument = by_name(options.instrument) if options.instrument else packs.whose(content, load())
        pack = packs.read(content, instrument, licence_words=options.licence, leave_out=options.leave_out,
                          source=options.source or options.file.name)
    except OSError as error:
        return _wrong([f"{options.file}: {error.strerror}."])
    except NoSuchForm as error:
        return _wrong([f"There is no form called {error}."])
    except packs.BadPack as error:
        return _wrong(error.problems)
    return _add(pack, options.licence, options.email)


def _add(pack: Pack, licence: str, email: str | None) -> int:
    from daybridge.access import clock  # noqa: PLC0415 - settings are read only for this verb
    from daybridge.care.instruments.commands_packs import add_pack  # noqa: PLC0415
    from daybridge.exchange.director import director  # noqa: PLC0415

    actor = director(email=email)
    if actor is None:
        return _wrong(["No director has this address. Make one: daybridge createadmin."])
    add_pack(actor, pack=pack, licence_words=licence, at=clock.now())
    sys.stdout.write(f"{pack.instrument}, {pack.language}: {len(pack.items)} questions added.\n")
    return 0


def _wrong(lines: tuple[str, ...] | list[str]) -> int:
    for line in lines:
        sys.stderr.write(f"{line}\n")
    return 1
