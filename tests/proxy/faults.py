"""What can happen to a request between the bot and its homeserver: actions for fault_proxy.py.

Each function gives an action; the action is handed an Exchange. "Processed" means that the
homeserver saw the request and did what it asks, only the bot does not hear of it.
"""

import json

from fault_proxy import Answer

JSON_TYPE = "application/json"


def give(answer):
    """This answer, without asking the homeserver."""
    return lambda exchange: exchange.answer(answer)


def status(code, errcode="M_UNKNOWN", error="fault proxy", **more):
    """An error in Matrix's own form, not processed."""
    body = json.dumps({"errcode": errcode, "error": error, **more}).encode()
    return give(Answer(code, body, content_type=JSON_TYPE))


def html(code=200, text="<!DOCTYPE html><html><body><h1>Even geduld</h1></body></html>"):
    """A page from some proxy in between, not processed."""
    return give(Answer(code, text.encode(), content_type="text/html; charset=utf-8"))


def too_many(header_s=None, body_ms=None):
    """429 with Retry-After (text or seconds) and/or retry_after_ms in the body; or neither."""
    content = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests"}
    if body_ms is not None:
        content["retry_after_ms"] = body_ms
    headers = [] if header_s is None else [("Retry-After", str(header_s))]
    return give(Answer(429, json.dumps(content).encode(), headers, JSON_TYPE))


def redirect(location, code=307):
    """Go and ask elsewhere, not processed."""
    return give(Answer(code, b"", [("Location", location)]))


def drop_request(reset=False):
    """The connection breaks before the homeserver hears anything."""
    return lambda exchange: exchange.drop(reset)


def drop_answer(reset=False):
    """Processed; then the connection breaks."""
    def action(exchange):
        exchange.forward()
        exchange.drop(reset)
    return action


def cut_answer(after):
    """Processed; the connection breaks after so many bytes of the answer's body.

    A number below 1 is a part of the body: 0.5 cuts it half way.
    """
    def action(exchange):
        answer = exchange.forward()
        length = int(len(answer.body) * after) if after < 1 else after
        exchange.answer(answer, cut_after=min(length, max(0, len(answer.body) - 1)))
    return action


def truncated_json(after=0.5):
    """Processed; the answer arrives whole as HTTP goes, but its JSON stops half way."""
    def change(body):
        return body[:int(len(body) * after) if after < 1 else after]
    return rewrite_answer(change)


def rewrite_answer(change):
    """Processed; the bytes of the body go through change()."""
    def action(exchange):
        answer = exchange.forward()
        answer.body = change(answer.body)
        exchange.answer(answer)
    return action


def rewrite_json(change):
    """Processed; a 200 answer's JSON goes through change(), which may edit in place or give another."""
    def action(exchange):
        answer = exchange.forward()
        if answer.status == 200:
            content = json.loads(answer.body)
            other = change(content)
            answer.body = json.dumps(content if other is None else other).encode()
        exchange.answer(answer)
    return action


def rewrite_request(change):
    """The request's bytes go through change() before the homeserver sees them."""
    def action(exchange):
        exchange.body = change(exchange.body)
        exchange.answer(exchange.forward())
    return action


def hold_request(gate, then=None):
    """The homeserver hears of it only when the gate (a threading.Event) opens."""
    def action(exchange):
        gate.wait()
        (then or pass_on())(exchange)
    return action


def hold_answer(gate):
    """Processed at once; the bot hears of it when the gate opens."""
    def action(exchange):
        answer = exchange.forward()
        gate.wait()
        exchange.answer(answer)
    return action


def repeat_request(times=2):
    """The homeserver gets the same request several times; the bot the last answer."""
    def action(exchange):
        for _ in range(times - 1):
            exchange.forward()
        exchange.answer(exchange.forward())
    return action


def trickle(piece, pause_s):
    """Processed; the answer comes in small pieces with a pause after each."""
    return lambda exchange: exchange.answer(exchange.forward(), pause_s=pause_s, piece=piece)


def pass_on():
    """Nothing happens to it: for a place in the rules before a wider one."""
    return lambda exchange: exchange.answer(exchange.forward())


def tell(callback, then):
    """Run callback(exchange) first, in the proxy's thread, then the other action."""
    def action(exchange):
        callback(exchange)
        then(exchange)
    return action
