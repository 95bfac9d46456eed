"""Who may read where reading is closed."""

from collections.abc import Callable, Iterator

import pytest
from httpx import Client

from app import keys
from app.database import engine
from app.keys import Scope
from app.main import create_app
from app.settings import Settings
from tests import world
from tests.api.conftest import serving
from tests.api.test_problems import problem


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def closed_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('closed') / 'closed.db'}"
    else:
        new_postgresql: Callable[[], str] = request.getfixturevalue("new_postgresql")
        url = new_postgresql()
    world.fill(url)
    yield url
    engine(url).dispose()


@pytest.fixture(scope="module")
def closed(closed_url: str) -> Iterator[Client]:
    with (
        serving(create_app(Settings(database_url=closed_url, reads="key"))) as address,
        Client(base_url=address) as made,
    ):
        yield made


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_closed_reads_need_a_key_of_scope_read(closed: Client, closed_url: str) -> None:
    token = keys.create(closed_url, "reader", [Scope.READ])
    for path in ("/claims", "/reports", "/actors/sweden"):
        refused = closed.get(path)
        problem(refused, 401)
        assert refused.headers["www-authenticate"] == "Bearer"
        assert closed.get(path, headers=bearer(token)).status_code == 200
        assert closed.get(path, headers={"authorization": f"bearer {token}"}).status_code == 200


def test_the_openapi_document_says_what_needs_a_key(closed: Client) -> None:
    for path, operations in closed.get("/openapi.json").json()["paths"].items():
        if "get" in operations:
            needed = closed.get(path.replace("{id}", "sweden")).status_code == 401
            assert ("security" in operations["get"]) == needed
            assert {"401", "403"}.issubset(operations["get"]["responses"]) == needed


def test_a_key_of_another_scope_reads_nothing(closed: Client, closed_url: str) -> None:
    refused = closed.get(
        "/claims", headers=bearer(keys.create(closed_url, "feeder", [Scope.WRITE]))
    )

    problem(refused, 403)
    assert refused.headers["www-authenticate"] == 'Bearer error="insufficient_scope", scope="read"'


def test_a_revoked_key_stops_at_once(closed: Client, closed_url: str) -> None:
    token = keys.create(closed_url, "reader", [Scope.READ])
    assert closed.get("/claims", headers=bearer(token)).status_code == 200

    keys.revoke(closed_url, token.split("_")[1])

    refused = closed.get("/claims", headers=bearer(token))
    problem(refused, 401)
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer \xff", "rk_a_b"]
)
@pytest.mark.parametrize("path", ["/claims", "/events/e", "/reports", "/nowhere", "//"])
def test_what_is_no_key_is_401(closed: Client, authorization: str, path: str) -> None:
    headers = {"authorization": authorization.encode("latin-1")}

    problem(closed.get(path, headers=headers), 401)
    assert closed.head(path, headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/docs", "/openapi.json"])
def test_health_and_documentation_stay_open(closed: Client, path: str) -> None:
    assert closed.get(path).status_code == 200


def test_the_document_says_that_reads_are_closed(closed: Client, client: Client) -> None:
    paths = closed.get("/openapi.json").json()["paths"]

    assert paths["/claims"]["get"]["security"] == [{"key": ["read"]}]
    assert {"401", "403"} <= set(paths["/claims"]["get"]["responses"])
    assert "security" not in paths["/livez"]["get"]
    assert "security" not in client.get("/openapi.json").json()["paths"]["/claims"]["get"]


def test_keys_cannot_be_checked_without_the_database() -> None:
    application = create_app(Settings(database_url="sqlite:////nowhere/at/all.db", reads="key"))
    with serving(application) as address, Client(base_url=address) as made:
        problem(made.get("/claims", headers=bearer(f"rk_{'a' * 8}_{'0' * 64}")), 503)
