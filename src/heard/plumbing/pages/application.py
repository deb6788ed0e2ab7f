"""The application that the server of pages calls: it waits for browsers here, and has Django answer in one thread."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from heard.plumbing.cookieless import PREFIXES, refused
from heard.plumbing.files import StorageIsFull, most_megabytes_at_once
from heard.plumbing.limits_in_memory import nearest
from heard.plumbing.pages.answers import Answer, Application, answer_of, next_piece, plain
from heard.plumbing.pages.bodies import Body, Gone, Message, Receive, Room
from heard.plumbing.pages.crowd import Crowd
from heard.plumbing.pages.environ import Scope, declared, environ_of, header
from heard.plumbing.refusals import Refusal

Send = Callable[[Message], Awaitable[None]]

FETCHED_WITHIN = 60
"""Seconds in which a piece of an answer has to be taken."""
MOST_AT_ONCE = 50
"""Bodies of one address that may be arriving."""
MEMORY = 32_000_000
"""For what is said without a name, and lies nowhere else."""
DISK = 8
"""The longest bodies of pages that may be here at once."""
OF_MEMORY, OF_DISK = 8, 2
"""Into so many shares each is cut, and one address has one: more than any one body, and no address takes it all."""


class Pages:
    """Django's pages, as an ASGI application."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.most = most_megabytes_at_once() * 1_000_000
        self.memory = Room(MEMORY, MEMORY // OF_MEMORY)
        self.disk = Room(DISK * self.most, DISK * self.most // OF_DISK)
        self.crowd = Crowd(MOST_AT_ONCE)
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        with ExitStack() as stack:
            try:
                environ = await self._arrived(scope, receive, stack)
            except Gone:
                return
            except Refusal as refusal:
                await self._send(refusal_of(scope, refusal), scope, receive, send)
                return
            answer = await self._in_thread(answer_of, self.application, environ)
        await self._send(answer, scope, receive, send)

    async def _in_thread(self, work: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work, *given)

    async def _arrived(self, scope: Scope, receive: Receive, stack: ExitStack) -> dict[str, Any]:
        """The request with its body. One that says beforehand that it is too long is not read: Django refuses it."""
        length = declared(scope)
        is_unseen = scope["path"].startswith(PREFIXES)
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if is_unseen else self.most
        body = Body(most, self.memory if is_unseen else self.disk, on_disk=not is_unseen)
        stack.callback(body.close)
        if length == 0 or (length or 0) > most:
            return environ_of(scope, body.file, length or None)
        with self.crowd.one_of(nearest(scope["client"][0], header(scope, b"x-forwarded-for"))) as whose:
            try:
                await body.take_in(receive, whose)
            except OSError:
                raise StorageIsFull from None
        return environ_of(scope, body.file, body.size)

    async def _send(self, answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.path and scope["method"] != "HEAD":
            await send({"type": "http.response.pathsend", "path": answer.path})
            return
        try:
            if answer.pieces is not None and scope["method"] != "HEAD":
                await self._send_pieces(answer, receive, send)
        finally:
            if answer.pieces is not None:
                await self._in_thread(answer.close)
        await send({"type": "http.response.body", "body": answer.content, "more_body": False})

    async def _send_pieces(self, answer: Answer, receive: Receive, send: Send) -> None:
        """Each is made when the one before was taken, and no thread waits in between."""
        gone = asyncio.ensure_future(left(receive))
        try:
            while not gone.done() and (piece := await self._in_thread(next_piece, answer.pieces)):
                async with asyncio.timeout(FETCHED_WITHIN):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            gone.cancel()


async def left(receive: Receive) -> None:
    """Returns once whoever asked is gone; a request without a body says first that it has none."""
    while (await receive())["type"] != "http.disconnect":
        pass


def refusal_of(scope: Scope, refusal: Refusal) -> Answer:
    """One sentence, in the form that these addresses give one."""
    if scope["path"].startswith(PREFIXES):
        return plain(refused(refusal))
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return plain(
        HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=refusal.status, headers=headers)
    )
