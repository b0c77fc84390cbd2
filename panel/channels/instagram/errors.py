"""What Instagram's answers mean beyond Graph's: by sub-code, after ``graph.errors`` has sorted.

The sub-codes are those of Meta's page on Instagram's errors. A post takes two steps, and only the
second puts anything where somebody sees it: that decides what may be called not done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from panel.channels.outgoing import Answer, Outcome, Trouble

# Too large, no known format, no fitting shape; too many words; no known kind of media; too few or
# too many pictures; too many names; the account is restricted; the picture could not be fetched.
REFUSED: Final = frozenset(
    {2207004, 2207005, 2207009, 2207010, 2207023, 2207028, 2207040, 2207050, 2207052}
)
# What was prepared is not there, is too old, or is not ready yet: it is not published.
NOT_PUBLISHED: Final = frozenset({2207006, 2207020, 2207027})
# As many posts as a day may have.
SPENT: Final = 2207042
# Says that it was held for spam, of posts that are there too.
LIAR: Final = 2207051

QUOTA_CODE: Final = "quota"
# The day is the last 24 hours, and nobody says when its first post drops out of it.
UNTIL_QUOTA: Final = timedelta(hours=1)


def prepared(answer: Answer) -> Answer:
    """The answer to preparing a post. Whatever is unknown about it, nothing was posted."""
    subcode = _subcode(answer)
    if subcode in REFUSED:
        return replace(answer, outcome=Outcome.REFUSED, trouble=Trouble.NONE)
    if subcode == SPENT:
        return _spent(answer)
    if answer.outcome is Outcome.UNKNOWN:
        return replace(answer, outcome=Outcome.NOT_TRIED)
    return answer


def published(answer: Answer) -> Answer:
    """The answer to publishing what was prepared."""
    subcode = _subcode(answer)
    if subcode == LIAR:
        return replace(answer, outcome=Outcome.UNKNOWN)
    if subcode == SPENT:
        return _spent(answer)
    if subcode in NOT_PUBLISHED:
        return replace(answer, outcome=Outcome.NOT_TRIED)
    if subcode in REFUSED:
        return replace(answer, outcome=Outcome.REFUSED)
    return answer


def quota_spent() -> Answer:
    """The account has posted as much as a day allows: nothing is tried."""
    return _spent(Answer(Outcome.NOT_TRIED, code=QUOTA_CODE))


def _spent(answer: Answer) -> Answer:
    wait = answer.wait or UNTIL_QUOTA
    return replace(answer, outcome=Outcome.NOT_TRIED, trouble=Trouble.LIMIT, wait=wait)


def _subcode(answer: Answer) -> int:
    second = answer.code.partition("/")[2]
    return int(second) if second.isdigit() else 0
