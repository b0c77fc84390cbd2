"""The connections: reads requests, lets faults have their way, and answers.

One thread does everything, so what is remembered needs no locks; only events leave by another.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from panel.channels.fake.desk import PREFIX, Desk
from panel.channels.fake.dialects import Dialect
from panel.channels.fake.exchange import NotHttp, Request, Response, read_request
from panel.channels.fake.faults import Done, Rule, Sees, hit
from panel.channels.fake.graph.dialect import Graph, split
from panel.channels.fake.graph.events import value_of
from panel.channels.fake.instagram.dialect import Instagram
from panel.channels.fake.mastodon.dialect import PATHS, Mastodon
from panel.channels.fake.record import Asked
from panel.channels.fake.state import App, Network
from panel.channels.fake.things import Page, Thing
from panel.channels.fake.timeline import timeline
from panel.channels.fake.webhooks import Change, Deliveries

Ready = Callable[[str], None]
PATIENCE = 5.0  # seconds that an answer waits for the event before it


class Server:
    """One network behind one port."""

    def __init__(self, app: App | None = None) -> None:
        self.network = Network(app or App())
        self.deliveries = Deliveries(lambda: self.network.app.secret)
        self.network.tell = self._happened
        self.graph = Graph(self.network, lambda: self.deliveries.manner.url)
        self.mastodon = Mastodon(self.network)
        self.instagram = Instagram(self.graph)
        self.desk = Desk(self.network, self.deliveries)
        self._late: set[asyncio.Task[Response]] = set()

    async def serve(self, host: str, port: int, ready: Ready) -> None:
        """Until cancelled. ``ready`` is told the address once somebody can call; port 0 is any."""
        server = await asyncio.start_server(self._connection, host, port, backlog=512)
        name, number = server.sockets[0].getsockname()[:2]
        ready(f"http://{name}:{number}")
        try:
            await asyncio.Event().wait()
        finally:
            server.close()

    def _dialect(self, request: Request) -> Dialect:
        """Whoever's paths these are."""
        if request.path.startswith(PATHS):
            return self.mastodon
        return self.instagram if self.instagram.knows(request) else self.graph

    def _happened(self, verb: str, thing: Thing) -> None:
        """An event for the app, where the page gives its events to it."""
        if isinstance(thing, Page) or "feed" not in self.network.pages[thing.page_id].subscribed:
            return
        if value := value_of(self.network, verb, thing):
            self.deliveries.put(Change(thing.page_id, value))

    # --- A connection -----------------------------------------------------------------------------

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await read_request(reader, writer):
                if not await self._serve_one(request, reader, writer):
                    break
        except NotHttp as error:
            writer.write(Response({"error": str(error)}, 400).wire())
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client has left
        finally:
            writer.close()

    async def _serve_one(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer, or not; whether the connection goes on."""
        if request.path.startswith(PREFIX):
            await _send(writer, await self.desk.answer(request))
        elif _is_browser(request):
            await _send(writer, timeline(self.network, request))
        elif not await self._play(request, reader, writer):
            return False
        return request.headers.get("connection", "").lower() != "close"

    async def _play(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        _version, path = split(request.path)
        log = self.desk.log
        asked = Asked(len(log) + 1, time.time(), request.method, f"/{path}")
        log.append(asked)
        rule = hit(self.desk.rules, request, f"/{path}") if self.desk.rules else None
        if rule is not None:
            asked.fault = rule.kind
            return await self._misbehave(rule, request, asked, reader, writer)
        response = await self._act(request, asked)
        asked.status = response.status
        await _send(writer, response)
        return True

    async def _act(self, request: Request, asked: Asked) -> Response:
        """Do what was asked, and write down whether that changed anything."""
        response = self._dialect(request).answer(request)
        asked.done = request.method != "GET" and response.status < 300
        if asked.done and isinstance(response.data, dict):
            asked.made = str(response.data.get("post_id") or response.data.get("id") or "")
        if asked.done and self.deliveries.manner.before_answer:
            await asyncio.to_thread(self.deliveries.settle, PATIENCE)
        return response

    # --- Faults -----------------------------------------------------------------------------------

    async def _misbehave(
        self,
        rule: Rule,
        request: Request,
        asked: Asked,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """What the rule says, first to the act and then to the client; whether the connection goes
        on.
        """
        response = await self._act_by(rule, request, asked)
        if rule.sees == Sees.SILENCE:
            await reader.read()  # until the client gives up
            return False
        answer = self._instead(rule, request, response)
        if answer is None:
            writer.transport.abort()
            return False
        asked.status = answer.status
        wire = answer.wire()
        whole = rule.sees != Sees.HALF
        writer.write(wire if whole else wire[: -max(1, len(answer.body()) // 2)])
        await writer.drain()
        return whole

    async def _act_by(self, rule: Rule, request: Request, asked: Asked) -> Response:
        """Do it or not, now or later; what would be answered, once it may be."""
        if rule.acts == Done.LATE:
            late = asyncio.create_task(self._act_late(rule, request, asked))
            self._late.add(late)
            late.add_done_callback(self._late.discard)
            if rule.sees == Sees.ANSWER:
                return await late
        acts = rule.acts == Done.FIRST
        response = await self._act(request, asked) if acts else self._error(rule, request)
        if rule.sees == Sees.ANSWER:
            await asyncio.sleep(rule.seconds)
        return response

    async def _act_late(self, rule: Rule, request: Request, asked: Asked) -> Response:
        await asyncio.sleep(rule.seconds)
        return await self._act(request, asked)

    def _instead(self, rule: Rule, request: Request, response: Response) -> Response | None:
        """What goes out in place of the answer; nothing where the connection is cut."""
        if rule.sees == Sees.ERROR:
            return self._error(rule, request)
        if rule.sees == Sees.GARBAGE:
            return Response(raw=rule.body.encode(), kind="text/html; charset=UTF-8")
        return None if rule.sees == Sees.CUT else response

    def _error(self, rule: Rule, request: Request) -> Response:
        status = rule.status or rule.as_kind.status
        if rule.code == 0:
            return Response(raw=rule.body.encode(), status=status or 502, kind="text/html")
        return self._dialect(request).refuse(request, rule)


async def _send(writer: asyncio.StreamWriter, response: Response) -> None:
    writer.write(response.wire())
    await writer.drain()


def _is_browser(request: Request) -> bool:
    """Somebody who wants to see, not a program: nothing is counted, and nothing goes wrong."""
    wants_page = "text/html" in request.headers.get("accept", "")
    return request.method == "GET" and wants_page and "redirect_uri" not in request.params


def run(server: Server, host: str, port: int, ready: Ready) -> None:
    """Serve until Ctrl-C."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.serve(host, port, ready))
