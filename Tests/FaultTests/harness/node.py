"""A linli process that can be killed and started again on the same data."""

import http.client
import json
import pathlib
import re
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
OUTPUT = ROOT / ".build-faults"


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, body: dict, retry_after: str | None):
        super().__init__(f"{status} {body.get('code')}")
        self.status, self.body, self.retry_after = status, body, retry_after


class Node:
    def __init__(self, name: str, binary: str, folder: pathlib.Path, database: str | None = None):
        self.binary, self.folder = binary, folder
        self.log = OUTPUT / f"{name}.log"
        self.log.unlink(missing_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.options = ["--keys", str(folder / "keys.json"), "--database", database or str(folder / "linli.sqlite")]
        self.process: subprocess.Popen | None = None
        if database:
            self.command("migrate", "--make-keys")
        self.password = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess:
        """Runs a command of linli beside the server."""
        run = subprocess.run([self.binary, *arguments, *self.options], capture_output=True, text=True, cwd=ROOT, timeout=120)
        with self.log.open("a") as log:
            log.write(f"$ linli {' '.join(arguments)}: {run.returncode}\n{run.stdout}{run.stderr}")
        return run

    def start(self, seconds: float = 60) -> float:
        """Starts the server and waits for its first answer; gives the seconds that took."""
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "demo", "--data", str(self.folder), "--port", str(self.port), "--public", "Public", *self.options],
                stdout=log, stderr=subprocess.STDOUT, cwd=ROOT)
        while time.monotonic() - begun < seconds:
            assert self.process.poll() is None, f"linli ended with {self.process.returncode}; see {self.log}"
            try:
                self.call("GET", "/api/v1/areas?limit=1")
                return time.monotonic() - begun
            except (OSError, http.client.HTTPException, Refused):
                time.sleep(0.05)
        raise AssertionError(f"linli does not answer after {seconds} s; see {self.log}")

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is written any more."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError("linli does not end on SIGTERM")

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def connect(self, timeout: float = 30) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def call(self, method: str, path: str, body: dict | None = None, token: str | None = None, key: str | None = None,
             connection: http.client.HTTPConnection | None = None) -> dict:
        """One request. Raises Refused, or OSError and HTTPException when no whole answer came."""
        own = connection or self.connect()
        headers = {"Accept-Language": "en"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if key:
            headers["Idempotency-Key"] = key
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        try:
            own.request(method, path, data, headers)
            answer = own.getresponse()
            text = answer.read()
        finally:
            if connection is None:
                own.close()
        content = json.loads(text) if text else {}
        if answer.status >= 400:
            raise Refused(answer.status, content, answer.headers.get("Retry-After"))
        return content

    def accounts(self) -> dict[str, str]:
        """Tokens of the demo's people, by login; sessions live in the database and survive."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            text = self.log.read_text(errors="replace")
            password = re.search(r"password for all: (\S+)", text)
            names = re.findall(r"^  ([a-z][a-z0-9.-]*) +[a-z-]+$", text, re.MULTILINE)
            if password and names:
                return {name: self.call("POST", "/api/v1/sessions", {"login": name, "password": password[1]})["token"]
                        for name in dict.fromkeys(names)}
            time.sleep(0.1)
        raise AssertionError(f"linli demo printed no accounts; see {self.log}")

    def doctor(self) -> tuple[bool, dict[str, int], str]:
        """Whether nothing is wrong, what was looked at by inspection, and everything that was said."""
        run = self.command("doctor")
        seen = {name: int(count) for name, count in re.findall(r"^([a-z.-]+): .* among (\d+) ", run.stdout, re.MULTILINE)}
        assert run.returncode in (0, 1) and seen, f"linli doctor ended with {run.returncode}: {run.stdout}{run.stderr}"
        return run.returncode == 0, seen, run.stdout + run.stderr

    def has_command(self, *arguments: str) -> bool:
        run = subprocess.run([self.binary, "help", *arguments], capture_output=True, text=True, cwd=ROOT)
        return run.returncode == 0 and arguments[-1] in run.stdout.split("USAGE:")[-1].split("\n")[0]
