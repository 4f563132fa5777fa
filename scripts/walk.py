#!/usr/bin/env python3
"""Takes reports through every verb to the end, over JSON, with four accounts of the demo street.

  scripts/walk.py [--url http://127.0.0.1:8080] [--count 20] [--password ...]

Start `scripts/run` first; `linli import reports FILE.jsonl` gives it something to walk. Needs Python 3 and nothing else.
Ends with a line of figures and the history of the last case; exit status 1 as soon as anything is not as it should be.
"""

import argparse
import json
import sys
import time
import urllib.error
import urllib.request
import uuid


class Client:
    """One signed-in account."""

    def __init__(self, url, login=None, password=None):
        self.url, self.token, self.calls = url, None, 0
        if login:
            self.token = self.post("/api/v1/sessions", {"login": login, "password": password})["token"]

    def request(self, method, path, body=None):
        headers = {"Accept-Language": "en"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
            headers["Idempotency-Key"] = str(uuid.uuid4())
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        self.calls += 1
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, body):
        return self.request("POST", path, body)


def must(condition, message):
    if not condition:
        sys.exit(f"not as it should be: {message}")


def walk(report, seat, dispatcher, handler, checker, lead, assist, index):
    """One report, from received to answered. Every third is sent back once."""
    matter = "gbt47678.5-2026/matter/06028"
    path = f"/api/v1/reports/{report['id']}"
    case = seat.post(path + "/acceptance", {"verification": "phone", "matter": matter})["id"]
    filed = dispatcher.post(f"/api/v1/cases/{case}/filing", {"note": "walk"})
    must(filed["number"].count("-") == 2, f"a case number, not {filed['number']}")
    dispatcher.post(
        f"/api/v1/cases/{case}/dispatch",
        {"lead": lead, "assists": [assist], "ground": "statutory", "groundReference": "matrix, clause 38"},
    )
    tasks = dispatcher.get(f"/api/v1/cases/{case}")["tasks"]
    for task, client in ((tasks[0]["id"], handler[lead]), (tasks[1]["id"], handler[assist])):
        client.post(f"/api/v1/tasks/{task}/signature", {})
        answer = {"outcome": "done", "publicText": "Looked at and put right; looked at again within the month."}
        client.post(f"/api/v1/tasks/{task}/answer", answer)
        if index % 3 == 0:
            checker.post(f"/api/v1/tasks/{task}/check", {"verdict": "rework", "note": "One corner is not done yet."})
            client.post(f"/api/v1/tasks/{task}/answer", answer)
        checker.post(f"/api/v1/tasks/{task}/check", {"verdict": "pass"})
    dispatcher.post(f"/api/v1/cases/{case}/closing", {"outcome": "done", "publicText": "Done and checked."})
    detail = dispatcher.get(f"/api/v1/cases/{case}")
    must(detail["state"] == "closed", f"a closed case, not {detail['state']}")
    story = Client(seat.url).get(f"/api/v1/stories/{report['trackingCode']}")
    must(story["state"] == "answered", f"an answered report, not {story['state']}")
    return detail


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--url", default="http://127.0.0.1:8080")
    arguments.add_argument("--count", type=int, default=20)
    arguments.add_argument("--password", default="qinghe-lamp-2026")
    options = arguments.parse_args()

    seat, dispatcher, lamps, sanitation, checker = (
        Client(options.url, login, options.password)
        for login in ("seat", "dispatcher", "lamps", "sanitation", "checker")
    )
    organisations = {item["code"]: item["id"] for item in seat.get("/api/v1/organisations")["items"]}
    lead, assist = organisations["lamps"], organisations["sanitation"]
    handler = {lead: lamps, assist: sanitation}

    reports = seat.get(f"/api/v1/reports?limit={options.count}")["items"]
    must(len(reports) == options.count, f"{options.count} waiting reports, not {len(reports)}")
    begun = time.monotonic()
    for index, report in enumerate(reports):
        detail = walk(report, seat, dispatcher, handler, checker, lead, assist, index)
    seconds = time.monotonic() - begun
    calls = sum(client.calls for client in (seat, dispatcher, lamps, sanitation, checker))
    print(f"{len(reports)} reports closed with {calls} calls in {seconds:.1f} s")
    print(f"history of {detail['number']}:")
    for step in detail["steps"]:
        change = f"{step.get('from') or '·'} → {step['to']}"
        print(f"  {step['at']}  {step['subject']:6} {step['action']:18} {change}")


if __name__ == "__main__":
    main()
