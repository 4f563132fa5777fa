"""Runs the browser tests and writes what passed and failed."""

import argparse
import importlib
import json
import pathlib
import shutil
import sys
import time
import traceback

from harness import suite
from harness.browser import Browser
from harness.server import Server

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parent.parent / ".build-browser"
MODULES = ["journey", "pages", "without_script", "photos", "flat_sheet"]


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--only", default="")
    arguments.add_argument("--binary", default=".build/debug/linli")
    arguments.add_argument("--url")
    arguments.add_argument("--accounts")
    arguments.add_argument("--summary")
    options = arguments.parse_args()

    for module in MODULES:
        importlib.import_module(f"tests.{module}")
    chosen = [test for test in suite.tests if options.only.lower() in f"{test.module} {test.sentence}".lower()]
    if not chosen:
        print(f"no browser test is called {options.only}; there are:", *(f"  {t.module}: {t.sentence}" for t in suite.tests), sep="\n")
        return 1

    shots = OUTPUT / "shots"
    shutil.rmtree(shots, ignore_errors=True)
    shots.mkdir(parents=True)
    failed = []
    with Server(options.binary, options.url, options.accounts, OUTPUT) as server, Browser(server, shots) as browser:
        for test in chosen:
            start = time.monotonic()
            try:
                test.body(browser)
                mark = "✔"
            except Exception as error:  # a failed test must not keep the others from running
                failed.append(test)
                mark = "✘"
                browser.keep_evidence(test.module)
                detail = str(error) if isinstance(error, AssertionError) else where(error)
                print("   " + detail.strip().replace("\n", "\n   "))
            print(f"{mark} {test.module}: {test.sentence} ({time.monotonic() - start:.1f} s)", flush=True)
        print(f"{len(list(shots.glob('*.png')))} screenshots in {shots}")
    summary = {"passed": len(chosen) - len(failed), "failed": len(failed)}
    if options.summary:
        pathlib.Path(options.summary).write_text(json.dumps(summary))
    print(f"browser: {summary['passed']} passed, {summary['failed']} failed")
    return 1 if failed else 0


def where(error: Exception) -> str:
    """What went wrong and at which line of the tests; the driver's own frames say nothing."""
    own = [f for f in traceback.extract_tb(error.__traceback__) if pathlib.Path(f.filename).is_relative_to(HERE)]
    places = [f"{pathlib.Path(f.filename).name}:{f.lineno}: {f.line}" for f in own[1:]]
    return "\n".join([str(error), *places])


if __name__ == "__main__":
    sys.exit(main())
