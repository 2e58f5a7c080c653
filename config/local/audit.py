"""pip-audit, made strict: a package it could not look up counts as a failure, not as a pass."""

import json
import subprocess
import sys
from pathlib import Path

from config.local.places import ROOT

ASKED = ["-r", "requirements/runtime.txt", "--disable-pip", "--format=json"]


def main() -> int:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("pip-audit")), *ASKED],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if not done.stdout.strip():
        print(done.stderr)
        return 1
    packages = json.loads(done.stdout)["dependencies"]
    bad = [package for package in packages if "skip_reason" in package or package.get("vulns")]
    for package in bad:
        found = package.get("skip_reason") or ", ".join(hole["id"] for hole in package["vulns"])
        print(f"{package['name']}: {found}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
