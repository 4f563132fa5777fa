"""Makes Public/build out of the hand-written files in Public and the vendor files.

Each file gets its content's hash in its name, so that it may be cached for ever, and a .gz sibling. The style sheets become
one flat file: @import is put in place, @layer is resolved to plain order, space and comments are dropped.
Public/build/manifest.json maps the plain name to the versioned one: {"linli.css": "linli.1a2b3c4d5e.css"}.
"""

import gzip
import hashlib
import json
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from flatten import flatten  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
PUBLIC = ROOT / "Public"
BUILD = PUBLIC / "build"
# What pages name → where it stands. A vendor file that was not fetched is left out: pages ask the manifest.
FILES = {
    "linli.css": PUBLIC / "linli.css",
    "app.js": PUBLIC / "app.js",
    "icons.svg": PUBLIC / "icons.svg",
    "favicon.svg": PUBLIC / "favicon.svg",
    "htmx.js": PUBLIC / "vendor/htmx.js",
}
# First load on a cheap phone (web.md): script ≤ 40 KB gzip, style ≤ 15 KB gzip.
BUDGETS = {".js": 40 * 1024, ".css": 15 * 1024}
OWN_SCRIPT = 5 * 1024


def style_sheet(path: pathlib.Path) -> str:
    """The sheet with its imports in place."""
    text = path.read_text("utf-8")
    return re.sub(r'@import\s+url\("([^"]+)"\);', lambda found: style_sheet(path.parent / found[1]), text)


def script(text: str) -> str:
    """Own script without indentation and whole-line comments. Safe because no template text spans lines in it."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def drawing(text: str) -> str:
    return re.sub(r">\s+<", "><", re.sub(r"<!--.*?-->", "", text, flags=re.S)).strip() + "\n"


def built(name: str, path: pathlib.Path) -> bytes:
    if "vendor" in path.parts:
        return path.read_bytes()
    if path.suffix == ".css":
        return flatten(style_sheet(path)).encode()
    text = path.read_text("utf-8")
    if path.suffix == ".js":
        return script(text).encode()
    if path.suffix == ".svg":
        return drawing(text).encode()
    raise ValueError(f"no rule for {name}")


def inputs_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted([*FILES.values(), PUBLIC / "tokens.css", *(ROOT / "Assets").glob("*.py")]):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(path.read_bytes() if path.exists() else b"absent")
    return digest.hexdigest()


def main() -> int:
    stamp = BUILD / ".inputs"
    digest = inputs_digest()
    if stamp.exists() and stamp.read_text() == digest and (BUILD / "manifest.json").exists():
        return 0
    fresh = PUBLIC / "build.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    manifest = {}
    totals = {suffix: 0 for suffix in BUDGETS}
    for name, path in FILES.items():
        if not path.exists():
            print(f"assets: {name} left out, {path.relative_to(ROOT)} is not there; pages work without it")
            continue
        content = built(name, path)
        stem, suffix = name.rsplit(".", 1)
        versioned = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"
        packed = gzip.compress(content, 9, mtime=0)
        (fresh / versioned).write_bytes(content)
        (fresh / f"{versioned}.gz").write_bytes(packed)
        manifest[name] = versioned
        if path.suffix in totals:
            totals[path.suffix] += len(packed)
        if name == "app.js" and len(content) > OWN_SCRIPT:
            print(f"assets: app.js is {len(content)} bytes, the limit is {OWN_SCRIPT}", file=sys.stderr)
            return 1
        print(f"assets: {versioned} {len(content)} bytes, {len(packed)} gzip")
    for suffix, limit in BUDGETS.items():
        if totals[suffix] > limit:
            print(f"assets: all {suffix} files are {totals[suffix]} bytes gzip, the limit is {limit}", file=sys.stderr)
            return 1
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    (fresh / ".inputs").write_text(digest)
    shutil.rmtree(BUILD, ignore_errors=True)
    fresh.rename(BUILD)
    return 0


if __name__ == "__main__":
    sys.exit(main())
