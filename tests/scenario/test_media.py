"""Photos on a bad day: too large, cut off, sent elsewhere, interrupted by a kill."""

import threading

import faults
from environment import slow
from neighbourhood import Neighbourhood, jpeg

DOWNLOAD = "/_matrix/client/v1/media/download/"


def hood_behind_proxy(env):
    proxy = env.proxy()
    hood = Neighbourhood(env, url=proxy.url)
    hood.start()
    return hood, proxy


def kept(hood):
    return [path.read_bytes() for path in hood.daemon.photos()]


def check_nothing_left(hood):
    """No part of a refused photo stays behind, under any name."""
    large = [path for path in hood.daemon.other_files() if path.stat().st_size > 1_000_000]
    assert not large and not kept(hood), large


def send_receipt(hood, photo, caption="!bon 12,50 verf"):
    return hood.lead.photo(hood.rooms["kruitberg"], photo, caption)


@slow(300)
def test_photo_of_40_mb(env):
    """A photo over the limit is refused kindly, leaves no file and little memory, and costs no receipt."""
    hood, _ = hood_behind_proxy(env)
    before = hood.daemon.memory_kib()
    hood.answer_to(lambda: send_receipt(hood, jpeg("groot") + bytes(40_000_000)), "kruitberg", "")
    hood.settle()
    check_nothing_left(hood)
    assert hood.daemon.memory_kib() - before < 20_000, "it is streamed, not held"
    hood.daemon.verify()


@slow(300)
def test_photo_of_a_lying_size(env):
    """A large photo that claims to be small is cut off by count, not by its word."""
    hood, _ = hood_behind_proxy(env)
    data = jpeg("leugen") + bytes(40_000_000)
    hood.answer_to(lambda: hood.lead.photo(
        hood.rooms["kruitberg"], data, "!bon 12,50 verf",
        info={"mimetype": "image/jpeg", "size": 1000}), "kruitberg", "")
    hood.settle()
    check_nothing_left(hood)


@slow(300)
def test_photo_cut_off(env):
    """A download that breaks half way is fetched again; the receipt is booked once, with the whole photo."""
    hood, proxy = hood_behind_proxy(env)
    proxy.on("GET", DOWNLOAD, faults.cut_answer(0.5), times=2)
    photo = jpeg("a" * 60_000)
    hood.answer_to(lambda: send_receipt(hood, photo), "kruitberg", "12,50")
    assert photo in kept(hood)
    hood.ask(hood.lead, "kruitberg", "!budget", "987,50")
    hood.daemon.verify()


@slow(300)
def test_photo_under_5xx(env):
    """A media store that is away for a moment is asked again."""
    hood, proxy = hood_behind_proxy(env)
    proxy.on("GET", DOWNLOAD, faults.status(504, "M_NOT_YET_UPLOADED"), times=1)
    proxy.on("GET", DOWNLOAD, faults.too_many(body_ms=1000), times=1)
    photo = jpeg("even geduld")
    hood.answer_to(lambda: send_receipt(hood, photo), "kruitberg", "12,50")
    assert photo in kept(hood)


@slow(300)
def test_photo_that_is_gone(env):
    """A photo that the server no longer has does not hold the receipt for ever; the loss is said."""
    hood, proxy = hood_behind_proxy(env)
    proxy.on("GET", DOWNLOAD, faults.status(404, "M_NOT_FOUND"))
    hood.answer_to(lambda: send_receipt(hood, jpeg("weg")), "kruitberg", "", deadline_s=120)
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")
    hood.daemon.verify()


def test_redirect_keeps_the_token(env):
    """A download that is redirected to another host never takes the token along."""
    hood, proxy = hood_behind_proxy(env)
    elsewhere = env.proxy()
    photo = jpeg("elders")
    elsewhere.on("GET", "/photo", faults.give(faults.Answer(200, photo, content_type="image/jpeg")))
    proxy.on("GET", DOWNLOAD, faults.redirect(elsewhere.url + "/photo"))
    send_receipt(hood, photo)
    proxy.wait_requests("GET", DOWNLOAD, 1)
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")
    for request in elsewhere.requests():
        assert "authorization" not in {name.lower() for name, _ in request.headers}, request


def test_kill_during_download(env):
    """Killed while a photo is under way: fetched and booked once after the restart."""
    hood, proxy = hood_behind_proxy(env)
    gate = threading.Event()
    proxy.on("GET", DOWNLOAD, faults.hold_answer(gate), times=1)
    photo = jpeg("halverwege")
    send_receipt(hood, photo)
    proxy.wait_requests("GET", DOWNLOAD, 1)
    hood.daemon.kill()
    gate.set()
    hood.daemon.start()
    hood.wait_bot("kruitberg", "12,50")
    hood.ask(hood.lead, "kruitberg", "!budget", "987,50")
    assert kept(hood).count(photo) == 1
    hood.daemon.verify()


@slow(300)
def test_photo_under_way_holds_only_its_sender(env):
    """While one person's photo is slow, the others in the group are answered."""
    hood, proxy = hood_behind_proxy(env)
    gate = threading.Event()
    proxy.on("GET", DOWNLOAD, faults.hold_answer(gate), times=1)
    photo = jpeg("traag")
    send_receipt(hood, photo)
    proxy.wait_requests("GET", DOWNLOAD, 1)
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")
    gate.set()
    hood.wait_bot("kruitberg", "12,50")
    assert photo in kept(hood)
