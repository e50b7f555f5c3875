"""The wire under matrix_client.py: one JSON request after another on a kept connection.

A request that cannot have reached the server (the connection was closed while idle) is
sent once more; anything else is the caller's to see. No limit is ever waited out here:
residents of a test speak to a server without limits, so a 429 is an error like another.
"""

import http.client
import json
from urllib.parse import quote, urlencode, urlsplit


class MatrixError(Exception):
    """An answer other than 200."""

    def __init__(self, method, path, status, body):
        self.status = status
        self.body = body
        self.errcode = body.get("errcode") if isinstance(body, dict) else None
        super().__init__(f"{method} {path}: {status} {body}")


class Wire:
    """Requests to one server with one token."""

    def __init__(self, url, token=None, timeout_s=120):
        parts = urlsplit(url)
        self.url = url
        self.host, self.port = parts.hostname, parts.port or 80
        self.token = token
        self.timeout_s = timeout_s
        self.connection = None

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def request(self, method, path, body=None, query=None, content_type=None):
        """The status, headers and bytes of an answer, whatever it is."""
        if query:
            path += "?" + urlencode(query)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not None and not isinstance(body, bytes):
            body, content_type = json.dumps(body).encode(), "application/json"
        if content_type:
            headers["Content-Type"] = content_type
        for last_try in (False, True):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection(
                    self.host, self.port, timeout=self.timeout_s)
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.RemoteDisconnected, ConnectionError):
                self.close()
                if fresh or last_try:
                    raise
            except (OSError, http.client.HTTPException):
                self.close()
                raise
        raise AssertionError("not reached")

    def json(self, method, path, body=None, query=None):
        """The JSON of a 200 answer; MatrixError for any other."""
        status, _, data = self.request(method, path, body, query)
        try:
            answer = json.loads(data or b"{}")
        except ValueError:
            answer = data.decode("utf-8", "replace")
        if status != 200:
            raise MatrixError(method, path, status, answer)
        return answer


def path(*parts):
    """A client API path below /_matrix/client/v3 with every part percent-encoded."""
    return "/_matrix/client/v3/" + "/".join(quote(str(part), safe="") for part in parts)
