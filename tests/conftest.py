"""The fixed cast, their way in, and what every test is held to.

*clerk* and *colleague* are communications officers, *editor*, *specialist*, *analyst* and
*administrator* have their role, *member* is a citizen, and *stranger* is nobody at all: a browser
without a session.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.template import engines
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples

from panel.accounts import second_factor
from panel.accounts.models import User
from panel.accounts.roles import Role
from tests import watching
from tests.factories.accounts import UserFactory, staff_with
from tests.harness.migrated import start_from_a_copy
from tests.loglines import Reader
from tests.snapshot import Snapshot
from tests.undefined import Undefined

BACKEND = "panel.accounts.backends.AccountBackend"

SignedIn = Callable[[User], Client]


# --- The rooms ------------------------------------------------------------------------------------


# How long an example takes says something about the machine, not about the code.
examples.register_profile("medspil", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("medspil")


def pytest_configure() -> None:
    """A folder of this process only, so that two runs never meet."""
    for folder in (settings.TEST_DIR, settings.MEDIA_ROOT, settings.UPLOAD_ROOT):
        folder.mkdir(parents=True, exist_ok=True)


def pytest_unconfigure() -> None:
    """Nothing is left behind; the first process leaves last."""
    shutil.rmtree(settings.TEST_DIR, ignore_errors=True)
    with contextlib.suppress(OSError):
        settings.TEST_DIR.parent.rmdir()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Which tests ask a database; one that really commits finds roles and pages as the migrations
    made them.
    """
    for item in items:
        names: set[str] = set(getattr(item, "fixturenames", []))
        marker = item.get_closest_marker("django_db")
        if marker is not None or names & {"db", "transactional_db", "live_server"}:
            item.add_marker("database")
        commits = marker is not None and marker.kwargs.get("transaction")
        if commits or names & {"transactional_db", "live_server"}:
            mark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(mark, append=False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_createdb: bool
) -> None:
    """Tests start from a copy of a migrated database; ``--create-db`` runs every migration."""
    if not django_db_createdb:
        start_from_a_copy(connection.settings_dict)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """SQLite's copy is taken as it is, and goes with the folder it lies in."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """After the migrations, what ``run.py`` does after them: the roles get their permissions."""
    with django_db_blocker.unblock():
        call_command("sync_roles")
        if hasattr(connection, "_test_serialized_contents"):
            connection._test_serialized_contents = Snapshot.take()
            connection.creation.deserialize_db_from_string = Snapshot.put_back


@pytest.fixture(autouse=True)
def _clean_cache(request: pytest.FixtureRequest) -> None:
    """Rate limits of the test before are forgotten; a test without a database has none."""
    for database in ("transactional_db", "db"):
        if database in request.fixturenames:
            request.getfixturevalue(database)
            cache.clear()
            break


@pytest.fixture(autouse=True)
def _no_undefined_variables() -> Iterator[None]:
    """A variable our templates use and the view forgot fails the test."""
    engine: Any = engines["django"]
    engine.engine.string_if_invalid = Undefined()
    Undefined.seen.clear()
    yield
    if Undefined.seen:
        pytest.fail("Undefined in a template: " + "; ".join(Undefined.seen))


@pytest.fixture(autouse=True)
def _logs_tell_on_nobody(request: pytest.FixtureRequest) -> Iterator[None]:
    """A log line with a key or with somebody's words in it fails the test (architecture.md, 5)."""
    has_database = request.node.get_closest_marker("database") is not None
    reader = Reader(settings.TEST_DIR / "logs")
    reader.lines()
    yield
    lines = reader.lines()
    if lines:
        known = list(watching.secrets())
        # Whoever has closed the database under their test has nothing left to compare with.
        with contextlib.suppress(DatabaseError):
            known += watching.personal() if has_database else ()
        if found := watching.told(lines, iter(known)):
            pytest.fail("A log line tells " + "; ".join(found))


@pytest.fixture(autouse=True)
def _rules_speak_english() -> Iterator[None]:
    """What rules say is compared in the source's language; pages speak the reader's own."""
    with translation.override("en"):
        yield


# --- The cast -------------------------------------------------------------------------------------


@pytest.fixture
def clerk(db: None) -> User:
    return staff_with(Role.COMMS, name="Karen Klerk")


@pytest.fixture
def colleague(db: None) -> User:
    return staff_with(Role.COMMS, name="Kim Kollega")


@pytest.fixture
def editor(db: None) -> User:
    return staff_with(Role.EDITOR, name="Eva Editor")


@pytest.fixture
def specialist(db: None) -> User:
    return staff_with(Role.SPECIALIST, name="Søren Specialist")


@pytest.fixture
def analyst(db: None) -> User:
    return staff_with(Role.ANALYST, name="Anne Analytiker")


@pytest.fixture
def administrator(db: None) -> User:
    return staff_with(Role.ADMINISTRATOR, name="Åse Administrator")


@pytest.fixture
def member(db: None) -> User:
    return UserFactory(email="mette@example.dk", name="Mette Medlem")


@pytest.fixture
def stranger() -> Client:
    return Client()


@pytest.fixture
def signed_in(db: None) -> SignedIn:
    """A browser where ``user`` has signed in, without a line in the trail.

    Colleagues have shown their second key.
    """

    def sign_in(user: User) -> Client:
        client = Client()
        session = client.session
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        if user.is_staff:
            session[second_factor.SESSION_KEY] = str(user.public_id)
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return sign_in
