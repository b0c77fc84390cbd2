"""Putting a post on an account: its pictures first, then the words that show them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote

from panel.channels.mastodon.accounts import Handle
from panel.channels.mastodon.asking import Limits, Me, as_whom, limits_of
from panel.channels.mastodon.client import Server
from panel.channels.mastodon.counting import length
from panel.channels.mastodon.errors import is_fine, unheard, unread, written
from panel.channels.outgoing import Act, Answer, NotReached, Outcome, Picture
from panel.core.http import Files, NoReply

# How long a server may work on a picture: half a minute, and asked ever more seldom.
PAUSES: Final = (0.5, 1, 2, 4, 8, 15)
STILL_WORKING: Final = (202, 206)


def post(server: Server, handle: Handle, act: Act) -> Answer:
    """Put it there, once. The answer carries the address of a post that is there.

    Everything before the last call leaves nothing that anybody sees, so a lost answer to it means
    that nothing was posted.
    """
    if not (act.text.strip() or act.link or act.pictures):
        return Answer(Outcome.REFUSED, code="empty")
    try:
        # A key of another account would post in that one's name, and nobody could take it back.
        me = as_whom(server, handle, tries=1)
        too_much = _too_much(server, act)
    except NotReached as error:
        return error.answer
    return too_much or _posted(server, me, act)


def text_of(act: Act) -> str:
    """The words as they stand there: a link is a part of them."""
    if not act.link or act.link in act.text:
        return act.text
    return f"{act.text}\n\n{act.link}".strip()


def _too_much(server: Server, act: Act) -> Answer | None:
    """The refusal of what the server would refuse. It is asked only about what is unusual: where
    less than the usual is allowed, it says so itself.
    """
    characters, pictures = length(text_of(act)), len(act.pictures)
    usual = Limits()
    if characters <= usual.characters and pictures <= usual.pictures:
        return None
    limits = limits_of(server)
    if characters > limits.characters:
        return Answer(Outcome.REFUSED, code="too_long")
    if pictures > limits.pictures:
        return Answer(Outcome.REFUSED, code="too_many_pictures")
    return None


def _posted(server: Server, me: Me, act: Act) -> Answer:
    waiting = _Unattached(server)
    for picture in act.pictures:
        answer = waiting.add(picture)
        if answer.outcome is not Outcome.DONE:
            waiting.remove()
            return answer
    form: dict[str, str | list[str]] = {"status": text_of(act), "visibility": "public"}
    if waiting.ids:
        form["media_ids[]"] = waiting.ids
    answer, said = server.write("v1/statuses", form, key=act.key)
    # A post that may be there shows them: then they stay.
    if answer.outcome in (Outcome.REFUSED, Outcome.NOT_TRIED):
        waiting.remove()
    if answer.outcome is Outcome.DONE:
        answer = replace(answer, url=address_of(server, me, answer.external_id, said))
    return answer


def address_of(server: Server, me: Me, external_id: str, said: Any) -> str:
    """Where a post is found: as the server says, or as Mastodon makes its addresses."""
    link = said.get("url") if isinstance(said, dict) else None
    if isinstance(link, str) and link.startswith(("https://", "http://")):
        return link
    return f"{server.url}/@{quote(me.name)}/{quote(external_id, safe='')}"


@dataclass(slots=True)
class _Unattached:
    """Pictures that wait for their post: nobody sees them. Servers clear away what is left."""

    server: Server
    ids: list[str] = field(default_factory=list)

    def add(self, picture: Picture) -> Answer:
        """Upload one more, and wait until it can be shown."""
        answer, is_ready = self._upload(picture)
        if answer.outcome is Outcome.UNKNOWN:
            # Whatever is unknown about it, no post has come of it.
            return replace(answer, outcome=Outcome.NOT_TRIED)
        if answer.outcome is Outcome.DONE:
            self.ids.append(answer.external_id)
            return answer if is_ready else self._ready(answer)
        return answer

    def remove(self) -> None:
        """Take them away again as well as may be: old servers know no way."""
        for each in self.ids:
            try:
                reply = self.server.ask("DELETE", f"v1/media/{quote(each, safe='')}")
            except NoReply:
                return
            if not is_fine(reply):
                return

    def _upload(self, picture: Picture) -> tuple[Answer, bool]:
        file: Files = [("file", (picture.file_name, picture.data, picture.media_type))]
        form = {"description": picture.alt} if picture.alt else {}
        try:
            reply = self.server.ask("POST", "v2/media", form=form, files=file)
        except NoReply as silence:
            return unheard(silence), False
        return written(reply), reply.status not in STILL_WORKING

    def _ready(self, answer: Answer) -> Answer:
        for seconds in PAUSES:
            self.server.sleep(seconds)
            try:
                reply = self.server.ask("GET", f"v1/media/{quote(answer.external_id, safe='')}")
            except NoReply as silence:
                return Answer(Outcome.NOT_TRIED, code=str(silence.why))
            if not is_fine(reply):
                return unread(reply)
            if reply.status not in STILL_WORKING:
                return answer
        return Answer(Outcome.NOT_TRIED, code="still_working")
