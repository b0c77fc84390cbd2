"""People, their words and the questions of retention, for the tests beside."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from panel.accounts.models import User
from panel.conversations.models import Comment, Commenter
from panel.core.clock import now
from panel.privacy.retaining import RULES
from tests.factories.accounts import UserFactory
from tests.factories.conversations import CommenterFactory, CommentFactory, PostFactory

DAY = timedelta(days=1)


def a_person(**fields: Any) -> Commenter:
    made: Commenter = CommenterFactory(**fields)
    return made


def a_user(**fields: Any) -> User:
    made: User = UserFactory(**fields)
    return made


def later(days: float) -> datetime:
    return now() + timedelta(days=days)


def overdue(at: datetime) -> dict[str, int]:
    found = {name: rule.due(at).count() for name, rule in RULES.items()}
    return {name: rows for name, rows in found.items() if rows}


def wrote(person: Commenter, at: datetime, **fields: Any) -> Comment:
    post = PostFactory(channel=person.channel)
    made: Comment = CommentFactory(post=post, commenter=person, written_at=at, seen_at=at, **fields)
    return made
