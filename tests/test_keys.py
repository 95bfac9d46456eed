"""API keys: shown once, kept as a digest, good for their scopes until they are revoked."""

from sqlalchemy import text

from app import keys
from app.database import reading
from app.keys import Scope
from tests.test_cli import run


def test_a_token_is_good_for_its_scopes_until_it_is_revoked(database_url: str) -> None:
    token = keys.create(database_url, "desk", [Scope.WRITE, Scope.READ])
    other = keys.create(database_url, "desk", [Scope.READ])
    assert keys.scopes_of(database_url, token) == {Scope.READ, Scope.WRITE}
    assert keys.scopes_of(database_url, other) == {Scope.READ}

    key_id = token.split("_")[1]
    assert keys.revoke(database_url, key_id)
    assert keys.scopes_of(database_url, token) is None
    assert keys.scopes_of(database_url, other) == {Scope.READ}
    assert not keys.revoke(database_url, key_id)


def test_only_the_whole_token_is_good(database_url: str) -> None:
    token = keys.create(database_url, "desk", [Scope.READ])
    own, foreign = token[:-1], keys.create(database_url, "other", [Scope.READ])
    _, key_id, secret = token.split("_")
    for wrong in (
        own,
        f"{own}{'0' if token[-1] != '0' else '1'}",
        f"{token}0",
        f"rk_{key_id}_{foreign.split('_')[2]}",
        f"rk_aaaaaaaa_{secret}",
        f"{token}\n",
        "",
        "rk__",
        "\0",
        "\ud800",
        "' OR ''='",
    ):
        assert keys.scopes_of(database_url, wrong) is None


def test_the_database_never_has_the_secret(database_url: str) -> None:
    secret = keys.create(database_url, "desk", [Scope.READ]).split("_")[2]
    with reading(database_url) as session:
        row = str(session.execute(text("SELECT * FROM api_key")).all())
    assert "desk" in row
    assert secret not in row


def test_keys_are_made_listed_and_revoked_on_the_command_line(sqlite_url: str) -> None:
    made = run("keys", "create", "news desk", "--write", url=sqlite_url)
    token = made.stdout.strip()
    assert keys.scopes_of(sqlite_url, token) == {Scope.READ, Scope.WRITE}
    feeder = run("keys", "create", "feeder", "--write", "--no-read", url=sqlite_url).stdout.strip()
    assert keys.scopes_of(sqlite_url, feeder) == {Scope.WRITE}

    key_id = token.split("_")[1]
    assert run("keys", "revoke", key_id, url=sqlite_url).stdout == f"{key_id} revoked\n"
    listed = run("keys", "list", url=sqlite_url).stdout.splitlines()
    assert listed[0].startswith(f"{key_id}  news desk: read write, made 2")
    assert [", revoked 2" in line for line in listed] == [True, False]
    assert "rk_" not in "".join(listed)

    again = run("keys", "revoke", key_id, url=sqlite_url)
    assert (again.returncode, again.stderr) == (1, f"no key that stands has the id {key_id}\n")
    assert run("keys", "create", "nobody", "--no-read", url=sqlite_url).returncode == 2
    assert run("keys", "create", " ", url=sqlite_url).returncode == 2
