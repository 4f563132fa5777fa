"""A demo street served on a free port, from a folder that is thrown away."""

import json
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


class Server:
    def __init__(self, binary: str, url: str | None, accounts: str | None, output: pathlib.Path):
        self.binary = binary
        self.url = url
        self.accounts: dict[str, str] = json.loads(pathlib.Path(accounts).read_text()) if accounts else {}
        self.log = output / "linli.log"
        self.process = None
        self.data = None

    def __enter__(self) -> "Server":
        if self.url:
            return self
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="linli-browser-"))
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [self.binary, "demo", "--data", str(self.data / "demo"), "--port", str(port), "--public", "Public"],
                stdout=log, stderr=subprocess.STDOUT)
        try:
            self.wait()
            self.accounts = self.read_accounts()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"linli demo ended with {self.process.returncode}:\n{self.log.read_text()[-4000:]}")
            try:
                urllib.request.urlopen(f"{self.url}/", timeout=2).read()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"linli demo does not answer after {seconds} s:\n{self.log.read_text()[-4000:]}")

    def read_accounts(self) -> dict[str, str]:
        """Name and password of each account, as `linli demo` prints them: one password, then lines of name and role."""
        text = self.log.read_text("utf-8")
        password = re.search(r"password for all: (\S+)", text)
        names = re.findall(r"^  ([a-z][a-z0-9.-]*) +[a-z-]+$", text, re.MULTILINE)
        if not password or not names:
            raise AssertionError(f"linli demo printed no accounts:\n{text[-4000:]}")
        return {name: password[1] for name in names}

    def __exit__(self, *_) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.data:
            shutil.rmtree(self.data, ignore_errors=True)
