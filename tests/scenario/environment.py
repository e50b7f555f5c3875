"""What a scenario is given: a homeserver, residents, a proxy, daemons, and their clearing away.

`Shared` lives as long as a worker and holds its one Synapse; `Environment` as long as one
scenario. What a scenario cannot have raises Skip, which the runner counts and says aloud.
"""

import os
import random
import shutil
import tempfile
import zlib
from pathlib import Path

import chroot
import mounts
import synapse
from bridge import Bridge
from crypto_client import CryptoClient
from fault_proxy import FaultProxy
from matrix_client import login, register
from node_program import NodeProgram
from raw_device import RawDevice
from ratchet_check import check_requests

ROOT = Path(__file__).resolve().parents[2]


LIMIT_S = 180  # a scenario that takes longer hangs; `slow(seconds)` raises it for one
BUSY = 3  # so much longer it may take all the same: others may want the processors, too


class Skip(Exception):
    """This scenario cannot be tried here; the text says why."""


def slow(seconds):
    """Decorator: this scenario may take so long before it counts as hanging."""
    def mark(function):
        function.limit_s = seconds
        return function
    return mark


class Shared:
    """The homeserver that all scenarios of a worker share."""

    def __init__(self):
        self.server = None
        self.unavailable = None
        self.seed = int(os.environ.get("SCENARIO_SEED", "1104"))

    def synapse(self):
        if self.unavailable:
            raise Skip(self.unavailable)
        if not self.server:
            try:
                self.server = synapse.attach() or synapse.Synapse()
            except chroot.Unavailable as why:
                self.unavailable = f"no Synapse: {why}"
                raise Skip(self.unavailable) from None
        return self.server

    def close(self):
        if self.server:
            self.server.close()


class Environment:
    """One scenario's surroundings."""

    def __init__(self, shared, name):
        self.shared, self.name = shared, name
        self.folder = Path(tempfile.mkdtemp(prefix="rotonde-test-"))
        self.random = random.Random(zlib.crc32(name.encode()) ^ shared.seed)
        self.cleanups = []
        self.daemons = []
        self.proxies = []
        self.node = None
        self.encrypted = False  # what a Neighbourhood is when it is not said

    # What can be had

    @property
    def synapse(self):
        """The shared server. A test that stops it must start it again."""
        return self.shared.synapse()

    def own_synapse(self, **options):
        """A fresh server for this scenario alone."""
        try:
            server = synapse.Synapse(**options)
        except chroot.Unavailable as why:
            raise Skip(f"no Synapse: {why}") from None
        self.cleanups.append(server.close)
        return server

    def restartable_synapse(self):
        """The shared server if it may be stopped, else Skip."""
        if isinstance(self.synapse, synapse.Attached):
            raise Skip("the Synapse of SYNAPSE_URL is not ours to restart")
        return self.synapse

    def proxy(self, server=None):
        """A fault proxy before the server, passing everything until told otherwise."""
        proxy = FaultProxy((server or self.synapse).url)
        self.cleanups.append(proxy.close)
        self.proxies.append(proxy)
        return proxy

    def user(self, name, server=None):
        """A new resident."""
        return register(server or self.synapse, name)

    def crypto_user(self, name, server=None, url=None, signed=True):
        """A new resident with encryption, his device signed by an identity of his own unless told not to."""
        client = CryptoClient(self.node_program(), self.user(name, server), url)
        if signed:
            client.cross_sign()
        return client

    def crypto_device(self, owner, server=None, url=None, device_id=None):
        """A device of a resident, with new keys of its own and signed by nobody yet; a new device unless told."""
        plain = login(server or self.synapse, owner.user_id, owner.password, device_id)
        return CryptoClient(self.node_program(), plain, url)

    def raw_user(self, name, server=None, signed=True):
        """A new resident whose device does whatever it is told; signed by an identity of his unless told not to."""
        device = RawDevice(self.user(name, server))
        if signed:
            device.cross_sign()
        return device

    def raw_device(self, owner, server=None):
        """One more such device of a resident, signed by nobody."""
        return RawDevice(login(server or self.synapse, owner.user_id, owner.password))

    def node_program(self):
        if not self.node:
            self.node = self.keep(NodeProgram(self.folder))
        return self.node

    def bridge(self, encrypted=False, self_sign=True):
        """An imitation of mautrix-whatsapp on the shared server; encrypted: with end-to-bridge encryption."""
        if self.synapse.bridge is None:
            raise Skip("the Synapse of SYNAPSE_URL has no application service for the imitated bridge")
        return Bridge(self.synapse, self.node_program() if encrypted else None, self_sign)

    def binary(self):
        """The daemon's program; a test without it is no skipped test but one that was run wrongly."""
        path = Path(os.environ.get("ROTONDE", ROOT / "build/rotonde"))
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist: run make first")
        return path

    def small_disk(self, folder, megabytes):
        """Put a small file system of its own over a folder; it goes with the scenario."""
        if not mounts.own():
            raise Skip("a small disk needs root and the right to mount")
        mounts.mount_memory(folder, f"size={megabytes}m", "mode=700")
        self.cleanups.append(lambda: mounts.unmount(folder))

    def skip(self, why):
        raise Skip(why)

    def keep(self, daemon):
        """Have a program ended with the scenario and its log shown when the scenario fails."""
        self.daemons.append(daemon)
        self.cleanups.append(daemon.close)
        return daemon

    # The end

    def check(self):
        """What must hold after every scenario: nothing that passed a proxy used a ratchet twice."""
        for proxy in self.proxies:
            check_requests(proxy.requests())

    def evidence(self):
        """The end of each daemon's log, for the report of a failure."""
        parts = [f"\n--- end of the log of {daemon.name}\n{daemon.log()[-1500:]}"
                 for daemon in self.daemons]
        return "".join(parts)

    def close(self, keep=False):
        for cleanup in reversed(self.cleanups):
            cleanup()
        if keep:
            print(f"      kept: {self.folder}", flush=True)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
