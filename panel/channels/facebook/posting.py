"""Putting a post on a page: text or a link, one picture, or several at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from panel.channels.graph.client import Graph
from panel.channels.outgoing import Act, Answer, Outcome, Picture, Trouble
from panel.core.http import Files


def post(graph: Graph, page: str, act: Act) -> Answer:
    """Put it there, once. The answer carries the address of a post that is there."""
    if not (act.text.strip() or act.link or act.pictures):
        return Answer(Outcome.REFUSED, code="empty")
    if len(act.pictures) > 1:
        answer = _several(graph, page, act)
    elif act.pictures:
        answer = _upload(graph, page, act.pictures[0], caption=text_of(act))
    else:
        answer = graph.write(f"{page}/feed", _words(message=act.text, link=act.link))
    if answer.outcome is Outcome.DONE:
        # Asking for its permanent link would hold back the id, which must be kept first of all.
        answer = replace(answer, url=address_of(answer.external_id))
    return answer


def text_of(act: Act) -> str:
    """The words as they stand there: beside pictures Facebook shows no link of its own."""
    if not act.pictures or not act.link or act.link in act.text:
        return act.text
    return f"{act.text}\n\n{act.link}".strip()


def address_of(external_id: str) -> str:
    """Where a post is found by its id alone."""
    return f"https://www.facebook.com/{external_id}"


@dataclass(slots=True)
class _Unpublished:
    """Pictures that wait for their post: nobody sees them, and nobody misses them."""

    graph: Graph
    page: str
    ids: list[str] = field(default_factory=list)

    def add(self, picture: Picture) -> Answer:
        """Upload one more. Whatever is unknown about it, no post has come of it."""
        answer = _upload(self.graph, self.page, picture, published="false")
        if answer.outcome is Outcome.UNKNOWN:
            return replace(answer, outcome=Outcome.NOT_TRIED)
        if answer.outcome is Outcome.DONE:
            self.ids.append(answer.external_id)
        return answer

    def remove(self) -> None:
        """Take them away again as well as may be: no longer than the network answers."""
        for each in self.ids:
            answer = self.graph.remove(each)
            if answer.trouble is not Trouble.NONE or answer.code in ("connect", "timeout"):
                return


def _several(graph: Graph, page: str, act: Act) -> Answer:
    """The pictures one by one, unpublished; then the post that shows them."""
    waiting = _Unpublished(graph, page)
    answer = _first_that_failed(waiting, act.pictures)
    if answer is None:
        words = _words(message=text_of(act)) | dict(_attached(waiting.ids))
        answer = graph.write(f"{page}/feed", words)
    # A post that may be there shows them: then they stay.
    if answer.outcome in (Outcome.REFUSED, Outcome.NOT_TRIED):
        waiting.remove()
    return answer


def _first_that_failed(waiting: _Unpublished, pictures: tuple[Picture, ...]) -> Answer | None:
    for picture in pictures:
        answer = waiting.add(picture)
        if answer.outcome is not Outcome.DONE:
            return answer
    return None


def _attached(ids: list[str]) -> Iterator[tuple[str, str]]:
    for number, each in enumerate(ids):
        yield f"attached_media[{number}]", json.dumps({"media_fbid": each})


def _upload(graph: Graph, page: str, picture: Picture, **words: str) -> Answer:
    source: Files = [("source", (picture.file_name, picture.data, picture.media_type))]
    form = _words(**words, alt_text_custom=picture.alt)
    return graph.write(f"{page}/photos", form, files=source)


def _words(**words: str) -> dict[str, str]:
    """Those that say something."""
    return {name: value for name, value in words.items() if value}
