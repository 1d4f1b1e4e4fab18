"""Fixtures of all rooms: a store on each database, and a PostgreSQL that is thrown away."""

import gc
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import make_url

from app.sandbox import spawning
from core.city.present import UNCHANGED, present, replace_present
from core.ports import Store
from core.watch import watched
from storage import Keys, SqlStore, migrate, new_key_line, open_store, parse_keys
from tests.fakes import migrated
from tests.fakes.broken_readers import Strict
from tests.fakes.cheap_passwords import hash_cheaply
from tests.fakes.memory_store import MemoryStore
from tests.fakes.postgres_server import NoServer, OwnServer, PostgresServer
from tests.fakes.recipe_copy import Copy
from tests.fakes.shell import Shell
from tests.fakes.zygote_server import fork_zygote

# How long an example takes says how busy the machine is; what failed once becomes a test.
settings.register_profile("resi", deadline=None, database=None)
settings.load_profile("resi")

SQL = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


def pytest_configure() -> None:
    """Hardly anything that is made while tests are collected is garbage, so that none is looked for."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking at it again and again for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


def _loggers() -> dict[str, tuple[int, bool]]:
    named = {name: each for name, each in logging.root.manager.loggerDict.items() if isinstance(each, logging.Logger)}
    return {name: (each.level, each.propagate) for name, each in named.items()}


@pytest.fixture(autouse=True)
def _the_city_is_put_back() -> Iterator[None]:
    """What a test changes of the city that is served is no other test's city."""
    yield
    if present():
        replace_present(UNCHANGED)


@pytest.fixture(autouse=True)
def _logging_is_put_back() -> Iterator[None]:
    """A test that sets the service's own logging up must not silence those behind it."""
    root, before = logging.getLogger(), _loggers()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = [each for each in root.handlers if each in handlers]
    root.handlers.extend(each for each in handlers if each not in root.handlers)
    for name, (old, propagate) in _loggers().items():
        if before.get(name, (logging.NOTSET, True)) != (old, propagate):
            logger = logging.getLogger(name)
            was, logger.propagate = before.get(name, (logging.NOTSET, True))
            logger.setLevel(was)


@pytest.fixture(autouse=True)
def _no_reader_falls_back_unseen() -> Iterator[None]:
    """A reader that gets over a fault of its own would hide it; a test that wants one sets a watch of its own."""
    with watched(Strict()):
        yield


@pytest.fixture(autouse=True, scope="session")
def _zygotes_are_forked() -> None:
    """They load for a second each, and hundreds are started; test_sandbox_zygote.py starts them as a service does."""
    if hasattr(os, "pidfd_open"):
        spawning.start_zygote = fork_zygote


@pytest.fixture(autouse=True, scope="session")
def _passwords_are_hashed_cheaply() -> None:
    """Each takes a third of a second and 64 MiB, and hundreds are hashed; test_storage_passwords.py does it right."""
    hash_cheaply()


@pytest.fixture(autouse=True, scope="session")
def _databases_are_copied() -> None:
    """To migrate one takes a sixth of a second, and hundreds are made; test_storage_migrations.py migrates them."""
    migrated.copy_what_is_new()


@pytest.fixture(scope="session")
def keys() -> Keys:
    return parse_keys(new_key_line("test"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The one that TEST_DATABASE_URL names, else one of our own."""
    given = os.getenv("TEST_DATABASE_URL")
    if given:
        yield PostgresServer(make_url(given))
        return
    try:
        server = OwnServer()
    except NoServer as missing:
        told = f"NOT TESTED ON POSTGRESQL: {missing}"
        if os.getenv("TEST_NEEDS_POSTGRES"):
            pytest.fail(told)
        pytest.skip(told)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database for a module."""
    url = postgres_server.fresh()
    yield url
    postgres_server.drop(url)


@pytest.fixture(scope="session")
def _shared_postgres(postgres_server: PostgresServer) -> Iterator[str]:
    url = postgres_server.fresh()
    migrate(url)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def migrated_postgres(postgres_server: PostgresServer, _shared_postgres: str) -> str:
    """One for all tests that want a migrated database; emptied before each."""
    postgres_server.empty(_shared_postgres)
    return _shared_postgres


@pytest.fixture(scope="session")
def migrated_sqlite() -> Path:
    """A database to copy."""
    return migrated.template()


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated database."""
    path = tmp_path / "resi.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@contextmanager
def _database(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    yield request.getfixturevalue("migrated_postgres")


@pytest.fixture(params=SQL)
def sql_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database of either kind."""
    with _database(request) as url:
        yield url


@pytest.fixture
def sql_store(sql_url: str, keys: Keys) -> Iterator[SqlStore]:
    """With what only a real store has: figures and upkeep."""
    with closing(open_store(sql_url, keys)) as store:
        yield store


@pytest.fixture(params=("memory", *SQL))
def store(request: pytest.FixtureRequest, keys: Keys) -> Iterator[Store]:
    """The same contract on three stores."""
    if request.param == "memory":
        yield MemoryStore()
        return
    with _database(request) as url, closing(open_store(url, keys)) as store:
        yield store


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """In which a recipe is followed."""
    return Copy(tmp_path / "house")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A command line in a folder of its own, with nothing configured."""
    return Shell(tmp_path)
