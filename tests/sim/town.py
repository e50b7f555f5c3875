"""Who lives in the simulated neighbourhood, its config, and its photos. All of it follows from the seed."""

import hashlib
import os

CORES = (
    "kikkenstein kruitberg koornhorst hrholst switi-wonen mi-oso kortvoort-huurders kleine-k-buurt toren-1 toren-2 "
    "toren-3 toren-4 kleiburg klieverink kantershof karspelhof kelbergen kameleon kern-19 kern-20 kern-21 kern-22 "
    "kern-23 kern-24"
).split()
FIRST_NAMES = (
    "fatima john abdel karin ali joep sunita ricardo mei kofi ama lotte henk mohamed yara jayden chantal ruud shanti "
    "winston esra daan ingrid kwame priya marco aisha bram naima gladys"
).split()
# No two of them look the same: who looks like another is shown with his address.
LETTERS = "abcdefghkmnpqrstuvwx"
RESIDENTS = 600
GRANT_CENTS = 96000_00
OFFICES = {
    "penvoerder-an": "treasurer",
    "penvoerder-bo": "treasurer",
    "kas-cor": "auditor",
    "kas-dee": "auditor",
    "coord-eva": "coordinator",
    "coord-fred": "coordinator",
}


class Person:
    def __init__(self, name, core=None, role="resident"):
        self.name = name
        self.core = core
        self.role = role


class Town:
    """24 cores with a group each, 600 residents, two leads a core, two of every office."""

    def __init__(self, rng, folder):
        self.rng = rng
        self.folder = folder
        self.photos = 0
        names = [f"{first}-{letter}" for letter in LETTERS for first in FIRST_NAMES]
        rng.shuffle(names)
        self.residents = [Person(name, CORES[i % len(CORES)]) for i, name in enumerate(names[:RESIDENTS])]
        self.leads = [Person(f"trekker-{which}-{core}", core, "lead") for core in CORES for which in ("een", "twee")]
        self.officers = [Person(name, None, role) for name, role in OFFICES.items()]
        self.bridged = set(rng.sample(CORES, 8))

    def resident(self, core=None):
        return self.rng.choice([p for p in self.residents if core is None or p.core == core])

    def lead(self, core):
        return self.rng.choice([p for p in self.leads if p.core == core])

    def officer(self, role):
        return self.rng.choice([p for p in self.officers if p.role == role])

    def neighbour(self):
        """Somebody of some core; now and then its lead."""
        if self.rng.random() < 0.15:
            return self.rng.choice(self.leads)
        return self.rng.choice(self.residents)

    def photo(self):
        """A new photo like no other; its name and the SHA-256 of its bytes."""
        self.photos += 1
        data = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + self.rng.randbytes(180) + bytes.fromhex("ffd9")
        name = f"foto{self.photos}.jpg"
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(data)
        return name, hashlib.sha256(data).hexdigest()

    def config(self):
        lines = [
            "neighbourhood: {name: K-buurt}",
            "budget: {grant: 96000, builtin: k-buurt-2022}",
            "places:",
            "  - {name: Koornhorst}",
            "  - {name: HRHolst}",
            "groups:",
            "  - {kind: coordinators}",
            "  - {kind: audit}",
            "  - {kind: neighbourhood}",
        ]
        for core in CORES:
            lines.append(f"  - {{core: {core}, bridged: {'true' if core in self.bridged else 'false'}}}")
        lines.append("persons:")
        for officer in self.officers:
            lines.append(f"  {officer.name}: {{roles: [{officer.role}]}}")
        for lead in self.leads:
            lines.append(f"  {lead.name}: {{lead: [{lead.core}]}}")
        return "\n".join(lines) + "\n"
