"""People who report and people who handle, and a book of everything that was acknowledged to them."""

import dataclasses
import http.client
import random
import threading
import time
import uuid

from .node import Node, Refused

MATTER = "gbt47678.5-2026/matter/06028"
WORDS = {"outcome": "done", "publicText": "Looked at and put right; looked at again within the month."}


@dataclasses.dataclass
class Deed:
    """A request that is meant once, however often it has to be sent."""
    path: str
    body: dict
    account: str | None
    # The step that it leaves (`submit` for a report), and the case that shows it; the case of an acceptance is its answer.
    action: str
    case: str
    key: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    answer: dict | None = None

    def send(self, node: Node, tokens: dict[str, str], connection=None) -> dict:
        self.answer = node.call("POST", self.path, self.body, tokens.get(self.account), self.key, connection)
        return self.answer


class Book:
    """What was acknowledged, what was sent without an answer, and what was refused though it should not have been."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reports: dict[str, Deed] = {}
        self.verbs: list[Deed] = []
        # Cases with the deeds on them, reports that nobody has taken up yet.
        self.cases: dict[str, list[Deed]] = {}
        self.waiting: list[dict] = []
        self.open: list[Deed] = []
        self.refusals: list[str] = []
        self.retryable = 0

    def acknowledged(self, deed: Deed) -> None:
        with self.lock:
            if deed.action == "submit":
                self.reports[deed.answer["id"]] = deed
                self.waiting.append(deed.answer)
            else:
                self.verbs.append(deed)
                self.cases.setdefault(deed.case or deed.answer["id"], []).append(deed)

    def take(self) -> dict | None:
        with self.lock:
            return self.waiting.pop(0) if self.waiting else None


class Load:
    """Runs until it is told to stop. Every request that fails for want of an answer waits in `book.open`."""

    def __init__(self, node: Node, tokens: dict[str, str], organisations: dict[str, str], area: str, book: Book,
                 chance: random.Random, reporters: int = 4, handlers: int = 2):
        self.node, self.tokens, self.organisations, self.area, self.book = node, tokens, organisations, area, book
        self.ended = threading.Event()
        seeds = [chance.random() for _ in range(reporters + handlers)]
        bodies = [self.report] * reporters + [self.handle] * handlers
        self.threads = [
            threading.Thread(target=self.run, args=(body, random.Random(seed)), daemon=True) for body, seed in zip(bodies, seeds)]

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive(), "a request is answered by nothing for a minute"

    def run(self, body, chance: random.Random) -> None:
        connection = self.node.connect()
        while not self.ended.is_set():
            try:
                body(connection, chance)
            except (OSError, http.client.HTTPException):
                connection.close()
                connection = self.node.connect()
                time.sleep(0.02)
        connection.close()

    def do(self, deed: Deed, connection) -> dict | None:
        try:
            answer = deed.send(self.node, self.tokens, connection)
        except Refused as refusal:
            with self.book.lock:
                if refusal.status == 503 and refusal.retry_after:
                    self.book.retryable += 1
                    self.book.open.append(deed)
                else:
                    self.book.refusals.append(f"{deed.action}: {refusal} {refusal.body}")
            time.sleep(0.05)
            return None
        except (OSError, http.client.HTTPException):
            with self.book.lock:
                self.book.open.append(deed)
            raise
        self.book.acknowledged(deed)
        return answer

    def report(self, connection, chance: random.Random) -> None:
        text = f"The lamp at the gate is out: {''.join(chance.choices('abcdefghijklmnop', k=16))}"
        self.do(Deed("/api/v1/reports", {"text": text, "area": self.area}, None, "submit", ""), connection)

    def handle(self, connection, chance: random.Random) -> None:
        """One report as far as it goes; where a fault comes between, the case stays as it is."""
        report = self.book.take()
        if report is None:
            time.sleep(0.01)
            return
        accepted = self.do(
            Deed(f"/api/v1/reports/{report['id']}/acceptance", {"verification": "phone", "matter": MATTER}, "seat", "report accept", ""),
            connection)
        if not accepted:
            return
        case = accepted["id"]
        path = f"/api/v1/cases/{case}"
        order = {"lead": self.organisations["lamps"], "ground": "statutory", "groundReference": "matrix, clause 38"}
        if not self.do(Deed(f"{path}/filing", {}, "dispatcher", "case file", case), connection):
            return
        if not self.do(Deed(f"{path}/dispatch", order, "dispatcher", "task offer", case), connection):
            return
        try:
            task = self.node.call("GET", path, token=self.tokens["dispatcher"], connection=connection)["tasks"][0]["id"]
        except Refused as refusal:
            if refusal.status != 503:
                self.book.refusals.append(f"reading a case: {refusal}")
            return
        for action, body, account in (("signature", {}, "lamps"), ("answer", WORDS, "lamps"), ("check", {"verdict": "pass"}, "checker")):
            name = {"signature": "sign", "check": "pass"}.get(action, action)
            if not self.do(Deed(f"/api/v1/tasks/{task}/{action}", body, account, f"task {name}", case), connection):
                return
        self.do(Deed(f"{path}/closing", WORDS, "dispatcher", "case close", case), connection)
