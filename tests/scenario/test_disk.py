"""A disk that is full for a while: nothing lost, nothing half written, work goes on by itself."""

import errno

from environment import slow
from neighbourhood import Neighbourhood, jpeg

DISK_MB = 24


def fill(folder):
    """Write until not a byte more fits; gives the file to remove."""
    path = folder / "opvulling"
    with open(path, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC, error
    return path


def hood_on_a_small_disk(env):
    hood = Neighbourhood(env)
    env.small_disk(hood.daemon.data, DISK_MB)
    hood.start()
    hood.ask(hood.fatima, "kruitberg", "!idee voor het vol was", r"\b1\b")
    return hood


@slow(300)
def test_full_disk(env):
    """What is said while the disk is full is done once there is room, in order and once."""
    hood = hood_on_a_small_disk(env)
    before, filler = len(hood.daemon.log()), fill(hood.daemon.data)
    for number in range(2, 60):
        hood.fatima.say(hood.rooms["kruitberg"], f"!idee nummer {number} " + "x" * 300)
    hood.daemon.wait_log("(?i)disk|full", after=before)
    assert hood.daemon.running()
    filler.unlink()
    hood.daemon.wait_query("SELECT count(*) FROM idea", 59)
    hood.settle()
    numbers = [number for number, in hood.daemon.query("SELECT id FROM idea ORDER BY id")]
    assert numbers == list(range(1, 60))
    hood.daemon.verify()


@slow(300)
def test_photo_on_a_full_disk(env):
    """A photo that finds no room is fetched again later; its receipt is booked with the whole photo."""
    hood = hood_on_a_small_disk(env)
    before, filler = len(hood.daemon.log()), fill(hood.daemon.data)
    photo = jpeg("p" * 50_000) + bytes(2_000_000)
    hood.lead.photo(hood.rooms["kruitberg"], photo, "!bon 12,50 verf")
    hood.daemon.wait_log("(?i)disk|full", after=before)
    filler.unlink()
    hood.wait_bot("kruitberg", "12,50")
    assert photo in [path.read_bytes() for path in hood.daemon.photos()]
    hood.daemon.verify()


@slow(300)
def test_kill_on_a_full_disk(env):
    """Killed and started while the disk is full: it waits, and goes on when there is room."""
    hood = hood_on_a_small_disk(env)
    filler = fill(hood.daemon.data)
    hood.fatima.say(hood.rooms["kruitberg"], "!idee terwijl het vol was " + "x" * 300)
    hood.daemon.kill()
    hood.daemon.launch()
    filler.unlink()
    hood.wait_bot("kruitberg", r"\b2\b")
    hood.daemon.verify()
