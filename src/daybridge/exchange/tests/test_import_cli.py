"""`daybridge import clients FILE.csv`: what it prints and returns."""

import io
import sys

import pytest
from tests.client_files import HEAD, big

from daybridge.care.placement.queries import stays_in_care
from daybridge.exchange import import_cli


@pytest.fixture
def path(tmp_path):
    where = tmp_path / "clients.csv"
    where.write_bytes(big(3))
    return where


def test_a_dry_run_and_then_the_import(cast, path, capsys):
    assert import_cli.main(["clients", str(path), "--dry-run"]) == 0
    assert "3 would be added, 0 already there, 0 problems. Nothing was" in capsys.readouterr().out
    assert stays_in_care(cast.helen) == []

    assert import_cli.main(["clients", str(path), "--as", "HELEN@clinic.example"]) == 0
    assert "3 added" in capsys.readouterr().out
    assert len(stays_in_care(cast.helen)) == 3


def test_each_problem_is_printed_with_row_and_column(cast, path, capsys):
    path.write_text(f"{HEAD}\n" + big(1).decode().split("\n")[1].replace("iop", "spa").replace("php", "spa"))

    assert import_cli.main(["clients", str(path)]) == 1
    assert "row 2, level: Use one of" in capsys.readouterr().err


def test_a_missing_file_or_director_is_said(cast, path, capsys):
    assert import_cli.main(["clients", str(path.with_name("none.csv"))]) == 1
    assert "No such file" in capsys.readouterr().err
    assert import_cli.main(["clients", str(path), "--as", "nora@clinic.example"]) == 1
    assert "No director" in capsys.readouterr().err


def test_ctrl_c_leaves_nothing(cast, path, capsys, monkeypatch):
    def interrupt(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_cli.Bar, "show", interrupt)

    assert import_cli.main(["clients", str(path)]) == 130
    assert "nothing was written" in capsys.readouterr().err
    assert stays_in_care(cast.helen) == []


def test_the_bar_says_done_total_and_time_left(monkeypatch):
    screen = io.StringIO()
    screen.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("daybridge.exchange.import_cli.time.monotonic", lambda: 10.0)

    import_cli.Bar(0.0).show(2_500, 10_000)

    assert screen.getvalue() == "\r[#######.......................] 2,500 of 10,000, 0:00:30 left"
