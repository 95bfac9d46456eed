"""The command line as a user meets it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app import __version__
from app.database import reading, writing
from app.serving import reachable_url

TEXT = "Harbour master Mira Okafor said the port of Elan would stay closed."


def run(
    *arguments: str, url: str = "", stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    environment |= {f"REPORTEDLY_{name.upper()}": value for name, value in settings.items()}
    if url:
        environment["REPORTEDLY_DATABASE_URL"] = url
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_version() -> None:
    assert run("--version").stdout == f"reportedly {__version__}\n"


@pytest.mark.parametrize("command", ["serve", "seed", "ingest", "refresh", "extract", "migrate"])
def test_each_command_explains_itself_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert "Example" in done.stdout


def test_ingest_says_what_became_of_each_document(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "bad.txt").touch()
    done = run("ingest", str(tmp_path / "good.txt"), str(tmp_path / "bad.txt"), url=sqlite_url)
    assert done.returncode == 1
    assert f"{tmp_path}/good.txt: added, " in done.stdout
    assert done.stderr == f"{tmp_path}/bad.txt: the document is empty\n"
    assert "reports" in done.stdout
    again = run("ingest", str(tmp_path / "good.txt"), url=sqlite_url)
    assert again.returncode == 0
    assert f"{tmp_path}/good.txt: already held" in again.stdout


def test_a_missing_seeds_folder_is_one_clear_line(sqlite_url: str, tmp_path: Path) -> None:
    done = run("seed", url=sqlite_url, seeds=str(tmp_path / "none"))
    assert (done.returncode, done.stderr) == (1, f"{tmp_path}/none: no such file or folder\n")


def test_extract_reads_lines_and_complains_of_bad_ones() -> None:
    lines = [
        json.dumps({"id": 1, "text": TEXT}),
        "nonsense",
        '{"id": "b", "text": ""}',
        '{"id": 3}',
    ]
    done = run("extract", "--jsonl", stdin="\n".join(lines))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, "b"]
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["line 2", "line 4"]


def test_extract_prints_json_or_explains_which_rule_found_what(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    found = json.loads(run("extract", str(path)).stdout)
    assert {"name", "actors", "sources", "places", "dates", "claims", "events"} <= set(found)
    assert "Mira Okafor" in run("extract", "--explain", str(path)).stdout


@pytest.mark.parametrize(
    "arguments", [("extract",), ("extract", "--jsonl", "x.txt"), ("ingest",), ("nonsense",)]
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


def test_a_bad_setting_is_one_clear_line() -> None:
    done = run("migrate", port="eighty")
    assert done.returncode == 2
    assert done.stderr.startswith("REPORTEDLY_PORT: ")
    assert done.stderr.count("\n") == 1


def test_a_database_out_of_reach_is_one_clear_line(tmp_path: Path) -> None:
    done = run("migrate", url=f"sqlite:///{tmp_path}/none/x.db")
    assert (done.returncode, done.stderr) == (1, "database: unable to open database file\n")


def test_a_database_of_a_newer_version_is_one_clear_line(sqlite_url: str) -> None:
    with writing(sqlite_url) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for arguments in (("migrate",), ("refresh",), ("ingest", "x.txt")):
        done = run(*arguments, url=sqlite_url)
        assert done.returncode == 1
        assert done.stderr.startswith("database: made by another version of Reportedly: ")
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("news.example", "http://news.example:80"),
    ],
)
def test_the_printed_url_can_be_opened(host: str, url: str) -> None:
    assert reachable_url(host, 80) == url


def test_a_port_in_use_is_one_clear_line(sqlite_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", url=sqlite_url, port=port)
    assert done.returncode == 1
    assert done.stderr == f"cannot serve on 127.0.0.1:{port}: Address already in use\n"


def test_actors_are_merged_split_and_brought_back(sqlite_url: str, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}.\n\n{TEXT}")
    assert run("ingest", str(tmp_path), url=sqlite_url).returncode == 0
    with reading(sqlite_url) as session:
        report_id = session.execute(text("SELECT min(id) FROM report")).scalar_one()
    own = f"mira-okafor-in-{report_id[2:8]}"
    split = run("actors", "split", "mira-okafor", "--report", report_id, url=sqlite_url)
    assert split.stdout == f"decision 1: mira-okafor is {own} in {report_id}\n"
    merged = run("actors", "merge", own, "mira-okafor", url=sqlite_url)
    assert merged.returncode == 1
    assert merged.stderr.startswith("other decisions lead back to ")
    assert run("actors", "list", url=sqlite_url).stdout == split.stdout
    assert run("actors", "undo", "1", url=sqlite_url).stdout == "decision 1 undone\n"
    assert run("actors", "list", url=sqlite_url).stdout == ""
    unknown = run("actors", "merge", "nobody", "mira-okafor", url=sqlite_url)
    assert (unknown.returncode, unknown.stderr) == (1, "no actor has the id nobody\n")
