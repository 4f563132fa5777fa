"""Validates the OpenAPI document of a served demo street, and calls every operation with made-up input as every role."""

import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

from openapi_spec_validator import OpenAPIV31SpecValidator

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUTPUT = ROOT / ".build-contract"
sys.path.insert(0, str(ROOT / "Tests/BrowserTests"))
from harness.server import Server  # noqa: E402 — a demo street on a free port, the same as for the browser

CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method", "allow_header_conformance",
]
# They end or change the session that the calls are made with.
OF_SESSIONS = ["sessions", "me"]
# What one role gets in CI, in seconds.
BRIEFLY = 8


class Street:
    """The interface of the demo street: its document, people, and what there is to ask for."""

    def __init__(self, server: Server):
        self.url = server.url
        self.accounts = server.accounts
        self.document = self.get("/api/v1/openapi.json")
        self.tokens: dict[str, str] = {}

    def get(self, path: str, token: str | None = None):
        request = urllib.request.Request(self.url + path, headers={"Accept-Language": "en"})
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def token(self, account: str) -> str:
        if account not in self.tokens:
            body = json.dumps({"login": account, "password": self.accounts[account]}).encode()
            request = urllib.request.Request(
                f"{self.url}/api/v1/sessions", body, {"Content-Type": "application/json"}, method="POST")
            with urllib.request.urlopen(request, timeout=20) as answer:
                self.tokens[account] = json.load(answer)["token"]
        return self.tokens[account]

    def things(self) -> dict[str, list[str]]:
        """Identifiers that exist, by the name of the place in a path that takes them."""
        found: dict[str, set[str]] = {}

        def visit(value, name: str) -> None:
            if isinstance(value, list):
                for element in value:
                    if isinstance(element, dict) and isinstance(element.get("id"), str):
                        found.setdefault(re.sub("s$", "", name), set()).add(element["id"])
                    visit(element, name)
            elif isinstance(value, dict):
                if isinstance(value.get("trackingCode"), str):
                    found.setdefault("code", set()).add(value["trackingCode"])
                for inner_name, inner in value.items():
                    visit(inner, name if inner_name == "items" else inner_name)

        for account in self.accounts:
            for path, item in self.document["paths"].items():
                if "{" in path or "get" not in item or path.endswith(".json"):
                    continue
                if any(p.get("required") for p in item["get"].get("parameters", [])):
                    continue
                try:
                    visit(self.get(path, self.token(account)), path.rsplit("/", 1)[-1])
                except urllib.error.HTTPError as error:
                    if error.code not in (403, 404):
                        raise
        return {name: sorted(ids)[:40] for name, ids in found.items()}

    def document_with(self, things: dict[str, list[str]]) -> dict:
        """The document, with what exists offered for the places in paths: made-up identifiers alone meet nothing."""
        document = json.loads(json.dumps(self.document))
        for item in document["paths"].values():
            for operation in item.values():
                for parameter in operation.get("parameters", []):
                    if parameter.get("in") == "path" and things.get(parameter["name"]):
                        parameter["schema"] = {"anyOf": [{"enum": things[parameter["name"]]}, parameter["schema"]]}
                        parameter["example"] = things[parameter["name"]][0]
        return document


def validate(document: dict) -> list[str]:
    """What is wrong with the document by the OpenAPI 3.1 specification."""
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
            for error in OpenAPIV31SpecValidator(document).iter_errors()]


def call(street: Street, schema: pathlib.Path, role: str | None, calls: int | None) -> tuple[int, int, float, str]:
    """Lets schemathesis call everything as one role. Gives the number of calls, of failures, seconds, and what it said."""
    begun = time.monotonic()
    name = role or "nobody"
    report = OUTPUT / f"{name}.json"
    report.unlink(missing_ok=True)
    command = [
        str(pathlib.Path(sys.executable).parent / "schemathesis"), "run", str(schema), "--url", street.url, "--no-color",
        "--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing", "--request-timeout", "20",
        "--generation-database", "none", "--continue-on-failure", "--max-failures", "20", "--suppress-health-check", "all",
        "--report", "json", "--report-json-path", str(report), "--warnings", "off",
    ]
    token = street.token(role) if role else None
    if token:
        command += ["--header", f"Authorization:Bearer {token}"]
        for tag in OF_SESSIONS:
            command += ["--exclude-tag", tag]
    if calls:
        operations = sum(len(item) for item in street.document["paths"].values())
        command += ["--max-examples", str(max(100, -(-calls // operations)))]
    else:
        command += ["--max-examples", "10", "--max-time", str(BRIEFLY), "--no-shrink"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=OUTPUT)
    said = run.stdout + run.stderr
    (OUTPUT / f"{name}.txt").write_text(said)
    if not report.exists():
        raise AssertionError(f"schemathesis ended with {run.returncode} and no report:\n{said[-4000:]}")
    calls_made, failures = count(json.loads(report.read_text()))
    return calls_made, failures, time.monotonic() - begun, said


def count(report: dict) -> tuple[int, int]:
    """Calls made, and what was unexpected or went wrong in making them."""
    cases = report["test_cases"]
    return cases["generated"], cases["unique_failures"] + len(report["errors"])


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--calls", type=int)
    arguments.add_argument("--role")
    arguments.add_argument("--binary", default=".build/debug/linli")
    arguments.add_argument("--url")
    arguments.add_argument("--accounts")
    arguments.add_argument("--summary")
    options = arguments.parse_args()
    OUTPUT.mkdir(exist_ok=True)

    passed, failed = 0, 0
    with Server(options.binary, options.url, options.accounts, OUTPUT) as server:
        street = Street(server)
        wrong = validate(street.document)
        print("✘ the document is OpenAPI 3.1" if wrong else "✔ the document is OpenAPI 3.1", flush=True)
        print(*(f"   {line}" for line in wrong[:20]), sep="\n", end="\n" if wrong else "")
        passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)

        schema = OUTPUT / "openapi.json"
        schema.write_text(json.dumps(street.document_with(street.things())))
        roles = [None, *sorted(street.accounts)] if not options.role else [None if options.role == "nobody" else options.role]
        # Making calls up costs more than answering them: two at a time fill two cores.
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for role, outcome in [(role, pool.submit(call, street, schema, role, options.calls)) for role in roles]:
                calls, failures, seconds, said = outcome.result()
                enough = calls >= (options.calls or 1)
                passed, failed = (passed + 1, failed) if enough and not failures else (passed, failed + 1)
                mark = "✔" if enough and not failures else "✘"
                print(f"{mark} {calls} calls as {role or 'nobody'}, {failures} unexpected ({seconds:.1f} s)", flush=True)
                if failures:
                    print("   " + said[-6000:].replace("\n", "\n   "))
        log = server.log.read_text(errors="replace") if server.process else ""
        crashes = [line for line in log.splitlines() if "request failed" in line or "Fatal error" in line]
        if crashes or (server.process and server.process.poll() is not None):
            failed += 1
            print("✘ the server's log tells of failures:", *crashes[:10], sep="\n   ")
    if options.summary:
        pathlib.Path(options.summary).write_text(json.dumps({"passed": passed, "failed": failed}))
    print(f"contract: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
