"""How Mastodon says no: an HTTP status, and a sentence for people."""

from __future__ import annotations

from panel.channels.fake.exchange import Response

SAID = {
    401: "The access token is invalid",
    403: "This action is not allowed",
    404: "Record not found",
    422: "Validation failed",
    429: "Too many requests",
    500: "We're sorry, but something went wrong",
    503: "There was a temporary problem serving your request, please try again",
}


class Refusal(Exception):
    """Mastodon refuses. The sentence comes from the status where it is not given."""

    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(status)
        self.status, self.message = status, message or SAID.get(status, "Error")

    def response(self) -> Response:
        """As it goes out."""
        return Response({"error": self.message}, self.status)
