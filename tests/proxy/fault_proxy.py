"""A proxy between the bot and its homeserver that delays, cuts and lies as a test tells it.

    with FaultProxy(server.url) as proxy:
        proxy.on("PUT", r"/send/m\\.room\\.message/", faults.drop_answer(), times=1)
        ... the bot's base URL is proxy.url ...
        sends = proxy.requests("PUT", r"/send/")

Rules are tried in the order they were added; the first that matches a request and is not
used up decides its fate, all others pass. A rule's action (see faults.py) is handed the
exchange: it may forward the request, answer itself, or drop the connection. Every request
is recorded with its bytes and with the answer that the bot was given.

A thread serves each connection, so a /sync that is held never holds up anything else.
"""

import http.client
import re
import socket
import socketserver
import struct
import threading
import time
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "te", "upgrade"}


class Dropped(Exception):
    """The exchange is over and the connection to the bot goes down with it."""


class Answer:
    """What a server says: status, headers as a list of pairs, and the whole body."""

    def __init__(self, status, body=b"", headers=(), content_type=None):
        self.status, self.body = status, body
        self.headers = list(headers)
        if content_type:
            self.headers.append(("Content-Type", content_type))


class Exchange:
    """One request on its way: what was asked, and the means to answer."""

    def __init__(self, proxy, method, target, headers, body, stream):
        self.proxy, self.stream = proxy, stream
        self.method, self.target, self.headers, self.body = method, target, headers, body
        self.at = time.monotonic()
        self.answered = None  # the status that the bot was given, None while or if it got none
        self.forwarded = 0  # how many times the homeserver was asked
        self.keep_alive = True

    @property
    def path(self):
        return self.target.split("?", 1)[0]

    def __repr__(self):
        return f"<{self.method} {self.target} -> {self.answered}>"

    def forward(self):
        """Ask the homeserver; an unreachable one is answered as a reverse proxy would, with 502."""
        connection = http.client.HTTPConnection(*self.proxy.upstream, timeout=120)
        try:
            self.forwarded += 1
            connection.putrequest(self.method, self.target, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers:
                if name.lower() not in HOP_BY_HOP and name.lower() != "expect":
                    connection.putheader(name, value)
            if self.body or self.method in ("POST", "PUT"):
                connection.putheader("Content-Length", str(len(self.body)))
            connection.endheaders(self.body or None)
            reply = connection.getresponse()
            return Answer(reply.status, reply.read(), reply.getheaders())
        except (OSError, http.client.HTTPException):
            return Answer(502, b"<html><body>Bad Gateway</body></html>", content_type="text/html")
        finally:
            connection.close()

    def answer(self, answer, cut_after=None, pause_s=0, piece=None):
        """Give the bot an answer; cut_after bytes of the body the connection is reset instead."""
        self.answered = answer.status
        lines = [f"HTTP/1.1 {answer.status} {http.client.responses.get(answer.status, 'Odd')}"]
        lines += [f"{name}: {value}" for name, value in answer.headers
                  if name.lower() not in HOP_BY_HOP]
        lines += [f"Content-Length: {len(answer.body)}", "", ""]
        body = answer.body if cut_after is None else answer.body[:cut_after]
        self.write("\r\n".join(lines).encode("latin-1"))
        for start in range(0, len(body), piece or len(body) or 1):
            self.write(body[start:start + (piece or len(body))])
            if pause_s:
                time.sleep(pause_s)
        if cut_after is not None:
            self.drop()

    def write(self, data):
        try:
            self.stream.sendall(data)
        except OSError:
            raise Dropped from None

    def drop(self, reset=False):
        """Close the connection without another word; with reset, rudely."""
        if reset:
            self.stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Dropped


class Rule:
    """An action for the requests that match, after `skip` of them and for `times` (None: always)."""

    def __init__(self, method, pattern, action, times=None, skip=0):
        self.method, self.pattern, self.action = method, re.compile(pattern), action
        self.times, self.skip = times, skip
        self.used = 0

    def takes(self, exchange):
        """Whether this rule decides the exchange; counts it. The proxy's lock is held."""
        if self.method not in (exchange.method, "*") or not self.pattern.search(exchange.target):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times is not None and self.used >= self.times:
            return False
        self.used += 1
        return True


class FaultProxy:
    """The proxy itself, on a free port of 127.0.0.1. `url` is the bot's homeserver."""

    def __init__(self, upstream_url):
        self.lock = threading.Lock()
        self.changed = threading.Condition(self.lock)
        self.rules, self.record = [], []
        self.streams = set()
        self.point_at(upstream_url)
        self.server = Server(("127.0.0.1", 0), Connection)
        self.server.proxy = self
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def point_at(self, url):
        parts = urlsplit(url)
        self.upstream = parts.hostname, parts.port or 80

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.cut_connections()

    def cut_connections(self):
        """Reset whatever is open to the bot, as a cable that is pulled."""
        with self.lock:
            streams = list(self.streams)
        for stream in streams:
            try:
                stream.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def on(self, method, pattern, action, times=None, skip=0):
        """Add a rule: a regex searched in the path and query, and what happens to its requests."""
        rule = Rule(method, pattern, action, times, skip)
        with self.lock:
            self.rules.append(rule)
        return rule

    def clear(self):
        """Forget all rules; the record stays."""
        with self.lock:
            self.rules.clear()

    def decide(self, exchange):
        with self.changed:
            self.record.append(exchange)
            rule = next((rule for rule in self.rules if rule.takes(exchange)), None)
            self.changed.notify_all()
        return rule.action if rule else None

    def requests(self, method="*", pattern=""):
        """The recorded exchanges that match, in order of arrival."""
        with self.lock:
            return [exchange for exchange in self.record
                    if method in ("*", exchange.method) and re.search(pattern, exchange.target)]

    def wait_requests(self, method, pattern, count, deadline_s=90):
        """The first `count` recorded exchanges that match, awaited."""
        end = time.monotonic() + deadline_s
        while True:
            found = self.requests(method, pattern)
            left = end - time.monotonic()
            if len(found) >= count:
                return found[:count]
            if left <= 0:
                raise TimeoutError(f"{len(found)} of {count} requests {method} {pattern} "
                                   f"within {deadline_s} s")
            with self.changed:
                self.changed.wait(min(left, 0.1))


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64


class Connection(socketserver.BaseRequestHandler):
    """One connection of the bot, request after request."""

    def handle(self):
        proxy = self.server.proxy
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with proxy.lock:
            proxy.streams.add(self.request)
        reader = self.request.makefile("rb")
        try:
            while self.serve_one(proxy, reader):
                pass
        except (Dropped, OSError, ValueError):
            pass
        finally:
            reader.close()
            with proxy.lock:
                proxy.streams.discard(self.request)

    def serve_one(self, proxy, reader):
        exchange = self.read_request(proxy, reader)
        if exchange is None:
            return False
        action = proxy.decide(exchange)
        if action:
            action(exchange)
        else:
            exchange.answer(exchange.forward())
        return exchange.keep_alive

    def read_request(self, proxy, reader):
        line = reader.readline(65536)
        if not line:
            return None
        method, target, _ = line.decode("latin-1").split(" ", 2)
        headers = []
        while (line := reader.readline(65536).strip()):
            name, value = line.decode("latin-1").split(":", 1)
            headers.append((name.strip(), value.strip()))
        known = {name.lower(): value for name, value in headers}
        if known.get("expect", "").lower() == "100-continue":
            self.request.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        exchange = Exchange(proxy, method, target, headers, read_body(reader, known), self.request)
        exchange.keep_alive = known.get("connection", "").lower() != "close"
        return exchange


def read_body(reader, headers):
    """The bytes of a request's body, counted or in chunks."""
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return reader.read(int(headers.get("content-length", "0")))
    body = b""
    while (size := int(reader.readline().split(b";")[0], 16)):
        body += reader.read(size)
        reader.readline()
    while reader.readline().strip():
        pass
    return body
