"""A bad line between an SSH client and its server: everything comes late, and not much at a time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from time import monotonic, sleep

DELAY_SECONDS = 0.075
"""Each way: 150 ms until an answer."""
BYTES_A_SECOND = 8000
"""64 kbit/s."""
AT_ONCE = 512


class BadLine:
    """What the client connects to in the server's place; its bytes are counted once they have been carried."""

    def __init__(self, server_port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._server_port = server_port
        self._ends: list[socket.socket] = [self._listener]
        self.up_bytes = 0
        self.down_bytes = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Cut it: both sides hear so at once."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
                self._ends += [client, server]
                for end in (client, server):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._carry(client, server, is_up=True)
                self._carry(server, client, is_up=False)

    def _carry(self, source: socket.socket, target: socket.socket, *, is_up: bool) -> None:
        under_way: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        threading.Thread(target=self._take, args=(source, under_way), daemon=True).start()
        threading.Thread(target=self._give, args=(under_way, target, is_up), daemon=True).start()

    @staticmethod
    def _take(source: socket.socket, under_way: SimpleQueue[tuple[float, bytes]]) -> None:
        """As much as the line takes in; the rest waits where it comes from."""
        data = b"-"
        while data:
            try:
                data = source.recv(AT_ONCE)
            except OSError:
                data = b""
            under_way.put((monotonic() + DELAY_SECONDS, data))
            sleep(len(data) / BYTES_A_SECOND)

    def _give(self, under_way: SimpleQueue[tuple[float, bytes]], target: socket.socket, is_up: bool) -> None:
        while True:
            due, data = under_way.get()
            sleep(max(0.0, due - monotonic()))
            try:
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)
            except OSError:
                return
            if is_up:
                self.up_bytes += len(data)
            else:
                self.down_bytes += len(data)


@contextmanager
def bad_line(server_port: int) -> Iterator[BadLine]:
    line = BadLine(server_port)
    try:
        yield line
    finally:
        line.close()
