"""A real Synapse for the scenario tests: fresh, quick, on 127.0.0.1, stopped and started at will.

    with Synapse() as server: ...            one in the chroot that chroot.py makes
    server.stop(); server.start()            the same data on the same port
    attach()                                 the one that SYNAPSE_URL points at instead

Two application services are registered: `bridge` imitates mautrix-whatsapp (bridge.py), and
`puppet` may send as any user with an old timestamp, as a bridge's double puppeting does.
Without root or network the constructor raises chroot.Unavailable with the reason.
"""

import base64
import http.client
import json
import os
import secrets
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import chroot
import mounts
from processes import DEADLINE_S, Died, Process, free_port, wait_until

SERVER_NAME = "buurt.test"
USER = "matrix-synapse"
RUNS = "srv"  # folder inside the chroot with one directory for each running server

PLENTY = {"per_second": 100000, "burst_count": 100000}
# Every limit of Synapse, opened wide. Tests about 429 start a server of their own.
NO_LIMITS = {
    "rc_message": PLENTY, "rc_registration": PLENTY, "rc_registration_token_validity": PLENTY,
    "rc_login": {"address": PLENTY, "account": PLENTY, "failed_attempts": PLENTY},
    "rc_admin_redaction": PLENTY, "rc_3pid_validation": PLENTY, "rc_third_party_invite": PLENTY,
    "rc_joins": {"local": PLENTY, "remote": PLENTY}, "rc_joins_per_room": PLENTY,
    "rc_invites": {"per_room": PLENTY, "per_user": PLENTY, "per_issuer": PLENTY},
    "rc_media_create": PLENTY, "rc_key_requests": PLENTY, "rc_reports": PLENTY,
    "rc_presence": {"per_user": PLENTY}, "rc_delayed_event_mgmt": PLENTY,
    "rc_room_creation": PLENTY, "rc_user_directory": PLENTY,
}


class AppService:
    """What Synapse is told of an application service, and the token to speak as one."""

    def __init__(self, name, localpart, users, exclusive):
        self.name, self.localpart = name, localpart
        self.as_token = secrets.token_hex(16)
        self.registration = {
            "id": name, "url": None, "as_token": self.as_token, "hs_token": secrets.token_hex(16),
            "sender_localpart": localpart, "rate_limited": False,
            "namespaces": {"users": [{"regex": users, "exclusive": exclusive}],
                           "aliases": [], "rooms": []}}


class Synapse:
    """One homeserver in the chroot: `limited` keeps Synapse's own rate limits, `config` adds settings."""

    def __init__(self, limited=False, config=None):
        self.root = chroot.ensure_chroot()
        self.server_name = SERVER_NAME
        self.shared_secret = secrets.token_hex(16)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.bridge = AppService("bridge", "whatsappbot", "@whatsapp_.*", True)
        self.puppet = AppService("puppet", "doublepuppet", "@.*", False)
        self.process = None
        sweep_runs(self.root / RUNS)
        self.inside = f"/{RUNS}/{os.getpid()}-{secrets.token_hex(4)}"
        self.data = self.root / self.inside.lstrip("/")
        self.data.mkdir(parents=True)
        if mounts.own():
            mounts.mount_memory(self.data)  # a disk would have every commit waited for
        self.write_files({**({} if limited else NO_LIMITS), **(config or {})})
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def write_files(self, extra):
        """Config, log config, signing key and registrations: YAML reads JSON, so JSON it is."""
        seed = base64.b64encode(os.urandom(32)).decode().rstrip("=")
        self.write("signing.key", f"ed25519 a_test {seed}\n")
        self.write("log.json", json.dumps(LOG_CONFIG))
        services = []
        for service in (self.bridge, self.puppet):
            self.write(f"{service.name}.json", json.dumps(service.registration))
            services.append(f"{self.inside}/{service.name}.json")
        self.write("homeserver.json", json.dumps({
            "server_name": self.server_name, "public_baseurl": self.url + "/",
            "listeners": [{"port": self.port, "bind_addresses": ["127.0.0.1"], "type": "http",
                           "tls": False, "resources": [{"names": ["client"], "compress": False}]}],
            "database": {"name": "sqlite3", "args": {"database": f"{self.inside}/synapse.db"}},
            "signing_key_path": f"{self.inside}/signing.key",
            "log_config": f"{self.inside}/log.json",
            "media_store_path": f"{self.inside}/media", "max_upload_size": "100M",
            "pid_file": f"{self.inside}/synapse.pid",
            "registration_shared_secret": self.shared_secret,
            "macaroon_secret_key": secrets.token_hex(16), "form_secret": secrets.token_hex(16),
            "bcrypt_rounds": 4, "enable_registration": False, "report_stats": False,
            "trusted_key_servers": [], "suppress_key_server_warning": True,
            "federation_domain_whitelist": [], "url_preview_enabled": False,
            "presence": {"enabled": False}, "app_service_config_files": services,
            "caches": {"global_factor": 1.0}, **extra}))
        for path in [self.data, *self.data.iterdir()]:
            shutil.chown(path, *self.owner())

    def write(self, name, text):
        (self.data / name).write_text(text, encoding="utf-8")

    def owner(self):
        """Numeric user and group of Synapse's user, which exists inside the chroot only."""
        for line in (self.root / "etc/passwd").read_text(encoding="utf-8").splitlines():
            name, _, uid, gid, *_ = line.split(":")
            if name == USER:
                return int(uid), int(gid)
        raise chroot.Unavailable(f"no user {USER} in {self.root}")

    def start(self, deadline_s=2 * DEADLINE_S):
        """Start, or start again, on the same data and port; returns when it answers."""
        env = {"PATH": "/usr/bin:/bin", "HOME": self.inside, "LANG": "C.UTF-8",
               "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = Process(
            ["/usr/bin/python3", "-m", "synapse.app.homeserver",
             "-c", f"{self.inside}/homeserver.json"],
            self.data / "output.log", env=env, chroot=self.root, user=USER)
        wait_until(self.answers, deadline_s, "Synapse answers on " + self.url)

    def answers(self):
        if not self.process.running():
            raise Died("Synapse ended while starting:\n" + self.process.log()[-2000:])
        return versions_answer("127.0.0.1", self.port)

    def stop(self):
        self.process.stop()

    def kill(self):
        self.process.kill()

    def close(self):
        if self.process:
            self.process.kill()
        remove_run(self.data)


class Attached:
    """A Synapse that somebody else runs; it cannot be restarted and may have no application services."""

    def __init__(self, url, shared_secret):
        self.url = url.rstrip("/")
        self.shared_secret = shared_secret
        self.port = urlsplit(self.url).port
        self.bridge = self.puppet = None
        self.server_name = os.environ.get("SYNAPSE_SERVER_NAME", urlsplit(self.url).hostname)

    def start(self):
        raise chroot.Unavailable("the Synapse of SYNAPSE_URL is not ours to restart")

    stop = kill = start

    def close(self):
        pass


def attach():
    """The server of SYNAPSE_URL and SYNAPSE_SHARED_SECRET, or None when they are not set."""
    url, secret = os.environ.get("SYNAPSE_URL"), os.environ.get("SYNAPSE_SHARED_SECRET")
    if not url:
        return None
    if not secret:
        raise chroot.Unavailable("SYNAPSE_URL is set but SYNAPSE_SHARED_SECRET is not")
    return Attached(url, secret)


def versions_answer(host, port):
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/_matrix/client/versions")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def sweep_runs(folder):
    """Remove what killed runs left behind: directories whose maker no longer lives."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        maker = path.name.split("-")[0]
        if maker.isdigit() and not Path(f"/proc/{maker}").exists():
            remove_run(path)


def remove_run(folder):
    """Remove the directory of a server that no longer runs."""
    if folder.is_mount():
        mounts.unmount(folder)
    shutil.rmtree(folder, ignore_errors=True)


LOG_CONFIG = {
    "version": 1,
    "formatters": {"short": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "short"}},
    "root": {"level": "WARNING", "handlers": ["console"]},
    "disable_existing_loggers": False,
}
