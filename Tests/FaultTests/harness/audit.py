"""Holds what a street has against what was acknowledged."""

import collections
import time

from .load import Book
from .node import Node, Refused


def settle(node: Node, tokens: dict[str, str], book: Book) -> int:
    """Sends everything again that was not answered, twice: it must act once. Gives how many there were."""
    open_deeds, book.open = book.open, []
    for deed in open_deeds:
        first = deed.send(node, tokens)
        again = node.call("POST", deed.path, deed.body, tokens.get(deed.account), deed.key)
        assert first == again, f"{deed.action} sent again was answered {again}, not {first}"
        book.acknowledged(deed)
    return len(open_deeds)


def audit(node: Node, tokens: dict[str, str], book: Book, reports_before: int, sample: int = 60) -> str:
    """Every acknowledged report and verb is there, once, and nothing else; then linli doctor has nothing to say."""
    assert not book.refusals, "refused, though nothing was wrong:\n" + "\n".join(book.refusals[:10])
    reading = node.connect()
    # The latest first: what was acknowledged just before a fault is what a fault could lose.
    for number, deed in list(book.reports.items())[::-1][:sample]:
        found = node.call("GET", f"/api/v1/reports/{number}", token=tokens["dispatcher"], connection=reading)
        assert found["trackingCode"] == deed.answer["trackingCode"] and found["text"] == deed.body["text"], f"report {number} is not what was sent: {found}"
        story = node.call("GET", f"/api/v1/stories/{found['trackingCode']}", connection=reading)
        assert story["trackingCode"] == found["trackingCode"]
    for case, deeds in list(book.cases.items())[::-1][:sample]:
        detail = node.call("GET", f"/api/v1/cases/{case}", token=tokens["dispatcher"], connection=reading)
        steps = collections.Counter(f"{step['subject']} {step['action']}" for step in detail["steps"])
        for action, times in collections.Counter(deed.action for deed in deeds).items():
            assert steps[action] == times, f"case {case}: {action} was acknowledged {times} times and stands {steps[action]} times in {dict(steps)}"
    reading.close()
    well, seen, said = drained(node)
    assert well, f"linli doctor finds:\n{said}"
    expected = reports_before + len(book.reports)
    assert seen["casework.reports"] == expected, f"{seen['casework.reports']} reports, not {expected}: one was lost or doubled"
    if node.has_command("audit", "verify"):
        run = node.command("audit", "verify")
        assert run.returncode == 0, f"linli audit verify ended with {run.returncode}: {run.stdout}{run.stderr}"
    return f"{len(book.reports)} reports and {len(book.verbs)} verbs acknowledged"


def drained(node: Node, seconds: float = 20) -> tuple[bool, dict[str, int], str]:
    """What the doctor says once the outbox is empty."""
    deadline = time.monotonic() + seconds
    while True:
        well, seen, said = node.doctor()
        if seen["storage.events"] == 0 or not well:
            return well, seen, said
        assert time.monotonic() < deadline, f"the outbox does not drain: {seen['storage.events']} events wait after {seconds} s"
        time.sleep(0.2)


def count_reports(node: Node) -> int:
    well, seen, said = drained(node)
    assert well, f"linli doctor finds, before anything was done:\n{said}"
    return seen["casework.reports"]


def is_answering(node: Node) -> bool:
    try:
        node.call("GET", "/api/v1/areas?limit=1")
        return True
    except Refused as refusal:
        return refusal.status < 500
