"""How Graph says no.

Clients decide on code and sub-code. Which HTTP status goes with a code is written down nowhere;
what stands here is what was seen in exchanges that people published.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from panel.channels.fake.exchange import Response

OAUTH, METHOD = "OAuthException", "GraphMethodException"


@dataclass(frozen=True, slots=True)
class Sort:
    """What is the same for all refusals with one code."""

    status: int
    message: str
    transient: bool = False
    type: str = OAUTH


SORTS = {
    1: Sort(500, "An unknown error occurred", transient=True),
    2: Sort(500, "Service temporarily unavailable", transient=True),
    4: Sort(403, "(#4) Application request limit reached", transient=True),
    10: Sort(403, "(#10) Application does not have permission for this action"),
    17: Sort(400, "(#17) User request limit reached", transient=True),
    32: Sort(403, "(#32) Page request limit reached", transient=True),
    100: Sort(400, "Invalid parameter"),
    102: Sort(400, "Session key invalid or no longer valid"),
    104: Sort(400, "An access token is required to request this resource."),
    190: Sort(400, "Invalid OAuth access token - Cannot parse access token"),
    200: Sort(403, "(#200) Permissions error"),
    324: Sort(400, "(#324) Requires upload file"),
    341: Sort(403, "(#341) Feed action request limit reached", transient=True),
    368: Sort(403, "The action attempted has been deemed abusive or is otherwise disallowed"),
    506: Sort(400, "(#506) Duplicate status message"),
    613: Sort(400, "(#613) Calls to this api have exceeded the rate limit.", transient=True),
    1705: Sort(400, "(#1705) There was an error in posting to wall"),
    2500: Sort(400, "Unknown path components"),
    10900: Sort(400, "(#10900) Activity already replied to"),
    10901: Sort(400, "(#10901) Message cannot be sent: the time for a reply is over"),
    10903: Sort(400, "(#10903) This user cannot reply to this activity"),
    80001: Sort(400, "(#80001) There have been too many calls to this Page account", True),
    1609005: Sort(400, "(#1609005) The link could not be posted"),
}
TOKEN_TROUBLES = {
    458: "Error validating access token: The user has not authorized application",
    460: "Error validating access token: The session has been invalidated because the user "
    "changed their password or Facebook has changed the session for security reasons.",
    463: "Error validating access token: Session has expired",
    464: "Sessions for the user are not allowed because the user is not a confirmed user.",
    467: "The access token is invalid since the user has logged out.",
    492: "Error validating access token: the user must be an administrator, editor, or moderator "
    "of the page",
}
_traces: Iterator[int] = itertools.count(1)


class Refusal(Exception):
    """Graph refuses. The message and the status come from the code where they are not given."""

    def __init__(
        self, code: int, message: str = "", *, subcode: int = 0, status: int = 0, type: str = ""
    ) -> None:
        super().__init__(code, subcode)
        self.code, self.subcode = code, subcode
        self.sort = SORTS.get(code) or Sort(400, f"(#{code})")
        self.message = message or self.sort.message
        self.status, self.type = status or self.sort.status, type or self.sort.type

    def response(self) -> Response:
        """As it goes out."""
        error: dict[str, Any] = {"message": self.message, "type": self.type, "code": self.code}
        if self.subcode:
            error["error_subcode"] = self.subcode
        error["is_transient"] = self.sort.transient
        error["fbtrace_id"] = f"AFake{next(_traces):08d}"
        return Response({"error": error}, self.status)


def not_found(id: str, method: str = "GET") -> Refusal:
    """What is gone, never was, or is not for this key: Graph does not say which."""
    return Refusal(
        100,
        f"Unsupported {method.lower()} request. Object with ID '{id}' does not exist, cannot be "
        "loaded due to missing permissions, or does not support this operation.",
        subcode=33,
        type=METHOD,
    )


def dead_token(subcode: int) -> Refusal:
    """A key that worked once."""
    return Refusal(190, TOKEN_TROUBLES.get(subcode, ""), subcode=subcode)
