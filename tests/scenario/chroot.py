"""A Debian sid chroot that holds Synapse, made once and kept outside the tree.

Debian 12 and 13 do not carry matrix-synapse; sid does, and it runs well in a chroot on
either. Making one takes a minute and 400 MB, so it stands in the user's cache and is used
by every later run. It is built under a temporary name and renamed when complete: a build
that was killed half way never passes as good, and its remains are swept by the next one.

The mirror is the machine's own Debian entry in its apt sources, so that a machine behind
a local mirror or an apt proxy works as it is. Entries of third parties are passed over.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from mounts import private_mounts

SUITE = "sid"
PACKAGE = "matrix-synapse"
# Raised when the recipe below changes, so that an older chroot is not taken for a new one.
RECIPE = 1
DEBIAN_SUITES = re.compile(
    r"^(oldoldstable|oldstable|stable|testing|unstable|sid|buster|bullseye|bookworm|trixie|forky|duke)$")


class Unavailable(Exception):
    """Synapse cannot be had on this machine; the text says why."""


def cache_dir():
    """The folder for things that are made once: ROTONDE_CACHE, else the user's cache."""
    own = os.environ.get("ROTONDE_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "rotonde"


def chroot_dir():
    return cache_dir() / f"synapse-{SUITE}-{RECIPE}"


def one_line_entries(text):
    """The entries of a one-line style .list file, each as a dict."""
    for line in text.splitlines():
        line = line.split("#", 1)[0].strip()
        match = re.match(r"deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)$", line)
        if match:
            options = dict(item.split("=", 1) for item in (match[1] or "").split() if "=" in item)
            yield {"uri": match[2], "suites": [match[3]], "components": match[4].split(),
                   "signed_by": options.get("signed-by", "")}


def deb822_entries(text):
    """The entries of a deb822 .sources file, one for each URI of a stanza."""
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for stanza in re.split(r"\n[ \t]*\n", text):
        fields, name = {}, None
        for line in stanza.splitlines():
            if line[:1] in (" ", "\t") and name:
                fields[name] += " " + line.strip()
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.strip().lower()
                fields[name] = value.strip()
        if "deb" not in fields.get("types", "").split():
            continue
        if fields.get("enabled", "yes").lower() in ("no", "false", "off", "0"):
            continue
        for uri in fields.get("uris", "").split():
            yield {"uri": uri, "suites": fields.get("suites", "").split(),
                   "components": fields.get("components", "").split(),
                   "signed_by": fields.get("signed-by", "")}


def apt_entries(apt_dir):
    apt = Path(apt_dir)
    files = [apt / "sources.list"]
    parts = apt / "sources.list.d"
    if parts.is_dir():
        files += sorted(parts.iterdir())
    for path in files:
        if path.is_file() and path.suffix in (".list", ".sources"):
            text = path.read_text(encoding="utf-8", errors="replace")
            yield from (deb822_entries if path.suffix == ".sources" else one_line_entries)(text)


def debian_mirror(apt_dir="/etc/apt"):
    """The URI of the machine's own Debian archive, or None when apt has no such entry.

    Third parties like to stand under /debian with Debian's suite names and a component
    `main`, so a name alone proves nothing. What tells the archive itself: Debian's host,
    a `-updates` suite beside the plain one, Debian's own keyring or apt's default one.
    """
    entries = [entry for entry in apt_entries(apt_dir)
               if "main" in entry["components"] and "security" not in entry["uri"]]
    suites = {}
    for entry in entries:
        suites.setdefault(entry["uri"].rstrip("/"), set()).update(entry["suites"])
    best, best_score = None, 0
    for entry in entries:
        if not any(DEBIAN_SUITES.match(suite) for suite in entry["suites"]):
            continue
        uri = first_of_mirror_list(entry["uri"])
        if uri is None:
            continue
        host = urlsplit(uri).hostname or ""
        served = suites[entry["uri"].rstrip("/")]
        score = 4 * (host == "debian.org" or host.endswith(".debian.org"))
        score += 3 * any(suite.endswith("-updates") for suite in served)
        score += 3 * ("debian-archive" in entry["signed_by"])
        score += 1 * (not entry["signed_by"])
        if score > best_score:
            best, best_score = uri, score
    return best


def first_of_mirror_list(uri):
    """Cloud images name a file with mirrors instead of a mirror; others are given back as they are."""
    if uri.startswith("mirror+file:"):
        try:
            text = Path(urlsplit(uri[len("mirror+"):]).path).read_text(encoding="utf-8")
        except OSError:
            return None
        return next((line.split()[0] for line in text.splitlines()
                     if line.strip() and not line.startswith("#")), None)
    return uri if urlsplit(uri).scheme in ("http", "https", "file") else None


def ensure_chroot(say=lambda text: print(text, file=sys.stderr, flush=True)):
    """The path of a complete chroot, made now if need be. Raises Unavailable with the reason."""
    target = chroot_dir()
    if os.geteuid() != 0:
        raise Unavailable("a chroot needs root; or give SYNAPSE_URL and SYNAPSE_SHARED_SECRET")
    if target.is_dir():
        return target
    if not shutil.which("mmdebstrap"):
        raise Unavailable("mmdebstrap is not installed (apt install mmdebstrap)")
    mirror = debian_mirror()
    if mirror is None:
        raise Unavailable("no Debian entry in apt's sources to take a mirror from")
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target.parent / (target.name + ".lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            say(f"making a chroot with {PACKAGE} in {target} (once, about a minute) ...")
            build_chroot(mirror, target, lock)
    return target


def build_chroot(mirror, target, lock):
    """Build into a temporary name beside target and rename when it stands.

    The held lock goes along to mmdebstrap: when this program is killed, the next one waits
    until the orphan has ended instead of building in the same folder. It mounts /proc, /sys and
    /dev/shm into the chroot and, when killed, leaves them: in a mount namespace of its own they go
    with its last process.
    """
    half = target.with_name(target.name + ".half")
    remove(half)
    log_path = target.with_name(target.name + ".log")
    command = [*private_mounts(), "mmdebstrap", "--variant=minbase", f"--include={PACKAGE}",
               # Mirrors may lag behind sid's date.
               "--aptopt=Acquire::Check-Valid-Until \"false\"",
               # Neither is read by a test, and they are a fifth of the size.
               "--dpkgopt=path-exclude=/usr/share/doc/*",
               "--dpkgopt=path-exclude=/usr/share/locale/*",
               SUITE, str(half), mirror]
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with open(log_path, "w", encoding="utf-8") as log:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                              env=env, pass_fds=[lock.fileno()], check=False)
    if done.returncode != 0 or not (half / "usr/bin/python3").exists():
        remove(half)
        tail = log_path.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        raise Unavailable(f"mmdebstrap failed: {' '.join(tail)} (all of it in {log_path})")
    os.rename(half, target)


def remove(folder):
    """Remove a half-built chroot; never through a mount, behind which the machine itself lies."""
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    inside = [mount for mount in mounts if mount.startswith(str(folder.resolve()) + "/")]
    if inside:
        raise Unavailable(f"{folder} still has mounts; umount {' '.join(reversed(inside))}")
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    try:
        print(ensure_chroot())
    except Unavailable as why:
        sys.exit(f"no Synapse: {why}")
