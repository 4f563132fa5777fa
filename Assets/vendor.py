"""Takes third-party web files out of hash-checked wheels and puts them where Assets/manifest.json says.

Usage: vendor.py FOLDER_OF_WHEELS

Nothing of a wheel is installed or run. A member whose sha256 is not the one in the manifest is refused, and nothing is
written. The licences are listed in Public/vendor/THIRD-PARTY.txt.
"""

import hashlib
import json
import pathlib
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main() -> int:
    wheels = pathlib.Path(sys.argv[1])
    entries = json.loads((ROOT / "Assets/manifest.json").read_text("utf-8"))["vendor"]
    taken = []
    for entry in entries:
        with zipfile.ZipFile(wheels / entry["wheel"]) as wheel:
            content = wheel.read(entry["member"])
        digest = hashlib.sha256(content).hexdigest()
        if digest != entry["sha256"]:
            print(f"{entry['wheel']}: {entry['member']} has sha256 {digest}, the manifest says {entry['sha256']}", file=sys.stderr)
            return 1
        taken.append((entry, content))
    licences = ["Third-party files in this folder, and where they come from.\n"]
    for entry, content in taken:
        target = ROOT / entry["to"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        licences.append(f"{entry['name']} {entry['version']}: {entry['licence']}, {entry['home']} -> {entry['to']}")
    (ROOT / "Public/vendor/THIRD-PARTY.txt").write_text("\n".join(licences) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
