"""Encrypted files that were tampered with: refused before anybody looks at the bytes, nothing left behind."""

import base64

import faults
import test_media
from encrypted import hood_behind_proxy, hood_started
from environment import slow
from neighbourhood import jpeg

# Well before the minute that a receipt waits for its photo.
AT_ONCE_S = 50


def sealed(resident, data):
    """A file's ciphertext and its `file`, without an address yet."""
    told = resident.ask("encrypt_attachment", data=base64.b64encode(data).decode())
    return base64.b64decode(told["data"]), told["file"]


def say_receipt(hood, file, ciphertext, caption):
    url = hood.lead.upload(ciphertext, "application/octet-stream")
    return hood.lead.say(hood.rooms["kruitberg"], caption, "m.image", filename="image.jpg",
                         file={**file, "url": url}, info={"mimetype": "image/jpeg", "size": len(ciphertext)})


def other_byte(data):
    return data[:-1] + bytes([data[-1] ^ 1])


def tampered(resident, data):
    """(what was done, file, ciphertext): each may not be believed."""
    ciphertext, file = sealed(resident, data)
    yield "ciphertext", file, other_byte(ciphertext)
    yield "longer", file, ciphertext + b"x"
    yield "version", {**file, "v": "v1"}, ciphertext
    yield "hash", {**file, "hashes": {}}, ciphertext
    yield "algorithm", {**file, "key": {**file["key"], "alg": "A128CTR"}}, ciphertext
    yield "key", {**file, "key": {**file["key"], "k": "AAAA"}}, ciphertext
    yield "iv", {**file, "iv": "AAAA"}, ciphertext


@slow(300)
def test_t27_media_tamper(env):
    """Changed ciphertext, wrong version, hash, key or counter: no photo is kept, the rest goes on."""
    hood = hood_started(env)
    for number, (what, file, ciphertext) in enumerate(tampered(hood.lead, jpeg("vals"))):
        hood.answer_to(lambda: say_receipt(hood, file, ciphertext, f"!bon {number + 1},50 {what}"), "kruitberg",
                       "")
    hood.settle()
    test_media.check_nothing_left(hood)
    assert not list((hood.daemon.data / "incoming").glob("*"))
    good = jpeg("echt")
    hood.answer_to(lambda: hood.lead.photo(hood.rooms["kruitberg"], good, "!bon 12,50 verf"), "kruitberg", "12,50")
    assert good in test_media.kept(hood)
    hood.daemon.verify()


@slow(300)
def test_t27_media_limits(env):
    """An encrypted photo over the limit is cut off by count, and its receipt is not lost."""
    env.encrypted = True
    test_media.test_photo_of_a_lying_size(env)


def test_t27_redirect(env):
    """An encrypted photo redirected to another host, without TLS, is not asked for there; from where it may come, it is
    checked all the same.
    """
    hood, proxy = hood_behind_proxy(env)
    elsewhere = env.proxy()
    targets = [elsewhere.url + "/photo"]
    ciphertext, file = sealed(hood.lead, jpeg("elders"))
    proxy.on("GET", test_media.DOWNLOAD, lambda exchange: faults.redirect(targets[-1])(exchange))
    proxy.on("GET", "/moved", faults.give(faults.Answer(200, other_byte(ciphertext))))
    hood.answer_to(lambda: say_receipt(hood, file, ciphertext, "!bon 12,50 verf"), "kruitberg", "12,50", AT_ONCE_S)
    assert "photo.failed" in hood.daemon.status(), "a refusal for good keeps no receipt waiting"
    assert len(proxy.requests("GET", test_media.DOWNLOAD)) == 1
    targets.append(proxy.url + "/moved")
    say_receipt(hood, file, ciphertext, "!bon 7,50 kwast")
    proxy.wait_requests("GET", "/moved", 1)
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")
    assert not elsewhere.requests()
    test_media.check_nothing_left(hood)
