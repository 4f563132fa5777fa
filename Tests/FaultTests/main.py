"""Kills, starves and fills up a running linli; every part says what it found in one line."""

import argparse
import contextlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from harness.audit import audit, count_reports, is_answering, settle
from harness.load import Book, Deed, Load
from harness.node import OUTPUT, ROOT, Node, Refused


@contextlib.contextmanager
def folder():
    path = pathlib.Path(tempfile.mkdtemp(prefix="linli-faults-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Postgres:
    """A throw-away PostgreSQL that can be stopped and started again."""

    def __init__(self):
        self.folder = None

    def start(self) -> None:
        self.folder = self.folder or tempfile.mkdtemp(prefix="linli-postgres.")
        self.conninfo = self.run("start").stdout.strip()

    def database(self, name: str) -> str:
        """The address of a new database."""
        if not self.folder:
            self.start()
        made = subprocess.run(["psql", "-q", self.conninfo, "-c", f"CREATE DATABASE {name}"], capture_output=True, text=True)
        assert made.returncode == 0, f"no database {name}: {made.stderr}"
        parts = dict(part.split("=", 1) for part in self.conninfo.split())
        return f"postgres://{parts['user']}@{parts['host']}:{parts['port']}/{name}"

    def halt(self) -> None:
        self.run("halt")

    def run(self, verb: str) -> subprocess.CompletedProcess:
        run = subprocess.run([ROOT / "scripts/postgres", verb, self.folder], capture_output=True, text=True)
        assert run.returncode == 0, f"scripts/postgres {verb}: {run.stderr}"
        return run

    def stop(self) -> None:
        if self.folder:
            self.run("stop")


class Street:
    """A served demo street with its people, and the book of what it has acknowledged."""

    def __init__(self, name: str, binary: str, data: pathlib.Path, database: str | None = None):
        self.node = Node(name, binary, data, database)
        self.node.start()
        self.tokens = self.node.accounts()
        areas = self.node.call("GET", "/api/v1/areas")["items"]
        self.area = next(area["id"] for area in areas if area["level"] == "grid")
        listed = self.node.call("GET", "/api/v1/organisations", token=self.tokens["dispatcher"])["items"]
        self.organisations = {organisation["code"]: organisation["id"] for organisation in listed}
        self.before = count_reports(self.node)
        self.book = Book()

    def load(self, chance: random.Random, **options) -> Load:
        return Load(self.node, self.tokens, self.organisations, self.area, self.book, chance, **options)

    def settle(self) -> int:
        return settle(self.node, self.tokens, self.book)

    def audit(self, sample: int = 60) -> str:
        return audit(self.node, self.tokens, self.book, self.before, sample)


def killed(name: str, options, chance: random.Random, database: str | None = None) -> str:
    """Kills in the middle of everything, again and again, on the same data."""
    with folder() as data:
        street = Street(name, options.binary, data, database)
        retried, slowest = 0, 0.0
        try:
            for _ in range(options.kills):
                # Some at once, in the first transactions; most under way, with events on their way to the lists.
                pause = chance.choice([chance.uniform(0.01, 0.15), chance.uniform(0.15, 1.2)])
                with street.load(chance) as load:
                    time.sleep(pause)
                    street.node.kill()
                    load.ended.set()
                slowest = max(slowest, street.node.start())
                retried += street.settle()
                street.audit()
            said = street.audit(sample=10_000)
        finally:
            street.node.stop()
        return f"{options.kills} kills, {said}, {retried} sent again and done once; slowest start {slowest:.1f} s"


def kills_on_sqlite(options, chance, server) -> str:
    return killed("sqlite", options, chance)


def kills_on_postgres(options, chance, server) -> str:
    return killed("postgres", options, chance, server.database("kills"))


def outage(options, chance, server) -> str:
    """PostgreSQL goes away under load and comes back: refused until then, with a time to try again; nothing is lost."""
    with folder() as data:
        street = Street("outage", options.binary, data, server.database("outage"))
        try:
            with street.load(chance):
                time.sleep(0.7)
                server.halt()
                time.sleep(1.5)
                assert street.node.is_alive, "linli ended with its database"
                server.start()
                back = time.monotonic()
                acknowledged = len(street.book.reports)
                while len(street.book.reports) <= acknowledged:
                    assert time.monotonic() - back < 20, "nothing is taken 20 s after PostgreSQL is back"
                    time.sleep(0.02)
                recovery = time.monotonic() - back
                time.sleep(0.5)
            refused = street.book.retryable
            assert refused > 0, "nothing was refused while PostgreSQL was away"
            retried = street.settle()
            said = street.audit()
        finally:
            street.node.stop()
        return f"{said}; {refused} refused with Retry-After, {retried} sent again and done once, taken again {recovery:.1f} s after PostgreSQL was back"


@contextlib.contextmanager
def small_disk(megabytes: int):
    """A file system of its own in memory, with little room."""
    with folder() as place:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], capture_output=True)
        if mounted.returncode != 0:
            yield None
            return
        try:
            yield place
        finally:
            subprocess.run(["umount", "-l", place], check=True)


def full_disk(options, chance, server) -> str:
    """No room left: refused with a time to try again, readers go on; when there is room again, everything goes on."""
    with small_disk(48) as disk:
        if disk is None:
            return "not tried: this account may not mount a small file system"
        street = Street("disk", options.binary, disk)
        filler = disk / "filler"
        try:
            room = os.statvfs(disk)
            with filler.open("wb") as file:
                file.truncate(0)
                left = room.f_bavail * room.f_frsize - 400_000
                while left > 0:
                    file.write(b"\0" * min(left, 1 << 20))
                    left -= 1 << 20
            refusal = None
            with street.load(chance, reporters=2, handlers=1):
                deadline = time.monotonic() + 30
                while street.book.retryable < 20 and time.monotonic() < deadline:
                    time.sleep(0.05)
            refused = street.book.retryable
            assert refused >= 20, f"the disk should be full by now; {len(street.book.reports)} reports were taken"
            assert street.node.is_alive and is_answering(street.node), "a full disk must not end reading"
            probe = Deed("/api/v1/reports", {"text": "The lamp is out.", "area": street.area}, None, "submit", "")
            try:
                probe.send(street.node, street.tokens)
                street.book.acknowledged(probe)
            except Refused as error:
                refusal = error
                street.book.open.append(probe)
            if refusal:
                assert refusal.status == 503 and refusal.body["code"] == "storage.retry" and refusal.retry_after, f"{refusal} {refusal.body}"
            filler.unlink()
            freed = time.monotonic()
            retried = street.settle()
            recovery = time.monotonic() - freed
            said = street.audit()
        finally:
            street.node.stop()
        return f"{said}; {refused} refused with Retry-After, {retried} sent again and done once, in {recovery:.1f} s after there was room"


PARTS = [("sqlite", "kills on SQLite", kills_on_sqlite), ("postgres", "kills on PostgreSQL", kills_on_postgres),
         ("outage", "PostgreSQL goes and comes back under load", outage), ("disk", "a full disk", full_disk)]


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--kills", type=int, default=5)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--binary", default=str(ROOT / ".build/debug/linli"))
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    arguments.add_argument("--summary")
    options = arguments.parse_args()
    options.binary = str(pathlib.Path(options.binary).resolve())
    OUTPUT.mkdir(exist_ok=True)
    print(f"seed {options.seed}")
    failed = 0
    chosen = [part for part in PARTS if options.only in part[0]]
    server = Postgres()
    try:
        for name, sentence, body in chosen:
            begun = time.monotonic()
            try:
                said, mark = body(options, random.Random(f"{options.seed} {name}"), server), "✔"
            except Exception as error:  # one part must not keep the others from running
                failed += 1
                mark = "✘"
                said = str(error) if isinstance(error, AssertionError) else traceback.format_exc()
            print(f"{mark} {sentence}: {said} ({time.monotonic() - begun:.1f} s)", flush=True)
    finally:
        server.stop()
    if options.summary:
        pathlib.Path(options.summary).write_text(json.dumps({"passed": len(chosen) - failed, "failed": failed}))
    print(f"faults: {len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
