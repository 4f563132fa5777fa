#!/usr/bin/env python3
"""Collects the codes of all refusals from the Swift sources, with the HTTP status of each, into Resources/i18n/problems.json.

  scripts/problems.py           writes the files anew
  scripts/problems.py --check   says which are not as the sources want them, and fails

A refusal is made as RuleViolation(.kind, "code"), fields.refuse("field", "code"), RequestRefused(status: .x, code: "code")
or, in Problem, self.init(.status, "code"). The problem catalogue and the API description are made from these files.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
STATUS = {
    "invalid": 422, "conflict": 409, "notFound": 404, "forbidden": 403, "tooMany": 429,
    "badRequest": 400, "unauthorized": 401, "methodNotAllowed": 405, "notAcceptable": 406, "contentTooLarge": 413,
    "unsupportedMediaType": 415, "unprocessableContent": 422, "tooManyRequests": 429, "internalServerError": 500,
    "serviceUnavailable": 503, "gone": 410,
}
MADE = [
    (re.compile(r'RuleViolation\(\s*\.(\w+),\s*"([^"\\]+)"'), None),
    (re.compile(r'RequestRefused\(\s*status: \.(\w+),\s*code: "([^"\\]+)"'), None),
    # A family: the catalogue names its members.
    (re.compile(r'RuleViolation\(\s*\.(\w+),\s*"([^"\\]+)\\\('), None),
    (re.compile(r'\brefuse\(\s*[^,()]+,\s*"()([^"\\]+)"'), "invalid"),
]
OWN = re.compile(r'self\.init\(\s*\.(\w+),\s*"([^"\\]+)"')


def home(path: pathlib.Path) -> pathlib.Path:
    """The catalogue that holds the texts for a source file: its module's, or that of Web for the foundations."""
    sources = ROOT / "Sources"
    for folder in path.parents:
        if folder == sources:
            break
        if (folder / "Resources" / "i18n" / "en.json").exists():
            return folder / "Resources" / "i18n" / "problems.json"
    return sources / "Foundations/Web/Resources/i18n/problems.json"


TEXTS = {key for file in (ROOT / "Sources").rglob("Resources/i18n*/en.json") for key in json.loads(file.read_text("utf-8"))}


def members(code: str) -> list[str]:
    """A code, or those of a family whose beginning was written before a hole: `task.photo-missing-`."""
    if not code.endswith(("-", ".")):
        return [code]
    prefix = "problem." + code
    return sorted(key.removeprefix("problem.") for key in TEXTS if key.startswith(prefix))


def collect() -> dict[pathlib.Path, dict[str, list[int]]]:
    files: dict[pathlib.Path, dict[str, set[int]]] = {}
    for path in sorted((ROOT / "Sources").rglob("*.swift")):
        text = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        found = [(kind or match[1], match[2]) for pattern, kind in MADE for match in pattern.finditer(text)]
        if path.name == "Problem.swift":
            found += [(match[1], match[2]) for match in OWN.finditer(text)]
        for kind, code in [(kind, member) for kind, code in found for member in members(code)]:
            if kind not in STATUS:
                sys.exit(f"{path.relative_to(ROOT)}: scripts/problems.py does not know the status of .{kind}")
            files.setdefault(home(path), {}).setdefault(code, set()).add(STATUS[kind])
    return {path: {code: sorted(all) for code, all in sorted(codes.items())} for path, codes in files.items()}


def rendered(codes: dict[str, list[int]]) -> str:
    lines = [f"  {json.dumps(code)}: {json.dumps(statuses)}" for code, statuses in codes.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    wanted = collect()
    present = set((ROOT / "Sources").rglob("Resources/i18n/problems.json"))
    stale = [path for path, codes in wanted.items() if not path.exists() or path.read_text("utf-8") != rendered(codes)]
    left = sorted(present - set(wanted))
    if "--check" in sys.argv[1:]:
        for path in stale + left:
            print(f"{path.relative_to(ROOT)} is not what the sources say; next step: scripts/problems.py")
        sys.exit(1 if stale or left else 0)
    for path in stale:
        path.write_text(rendered(wanted[path]), "utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    for path in left:
        path.unlink()
        print(f"removed {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
