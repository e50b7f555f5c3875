"""`rotonde console --script -`, spoken to line by line, each answer read before the next line."""

import hashlib
import re
import subprocess

SPOKEN = re.compile(r"\[([^\]]+)\] #(\d+) ([^:]+): (.*)", re.S)


class Broken(Exception):
    """The program ended, or refused a line: nothing after it makes sense."""


class Spoken:
    """One message of the transcript."""

    def __init__(self, line):
        found = SPOKEN.fullmatch(line)
        self.group, number, self.who, self.text = found.groups()
        self.number = int(number)


class Talk:
    def __init__(self, program, folder, now, transcript):
        """folder: holds sim.yaml and the photos; the database goes into its data."""
        self.child = subprocess.Popen(
            [program, "console", "-c", "sim.yaml", "--data", "data", "--now", now, "--script", "-"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            bufsize=1 << 16,
        )
        self.transcript = transcript
        self.hash = hashlib.sha256()
        self.marks = 0
        self.waiting = []

    def _read(self):
        line = self.child.stdout.readline()
        if not line:
            raise Broken(f"the program ended with {self.child.wait()}")
        self.transcript.write(line)
        self.hash.update(line.encode())
        return line.rstrip("\n")

    def _until(self, mark):
        """All messages up to the line `mark`."""
        lines = []
        while True:
            line = self._read()
            if line == mark:
                return [Spoken(text) for text in lines if text.startswith("[")]
            if line.startswith("  ") and lines:
                lines[-1] += "\n" + line[2:]
            else:
                lines.append(line)

    def later(self, text):
        """A line that nobody waits for: it goes with the next, and so does what it makes the program say."""
        self.waiting.append(text)

    def play(self, *lines):
        """Play lines; all that was said until the program waits for the next."""
        self.marks += 1
        mark = f"# {self.marks}"
        self.child.stdin.write("\n".join((*self.waiting, *lines, mark)) + "\n")
        self.child.stdin.flush()
        self.waiting.clear()
        return self._until(mark)

    def crash(self):
        """Kill it. What is written before it shows that it is dead, dies with it."""
        said = self.play()
        self.child.stdin.write("@crash\n")
        self.child.stdin.flush()
        return said + self._until("@crash")

    def close(self):
        self.child.stdin.close()
        self.child.stdout.read()
        return self.child.wait()
