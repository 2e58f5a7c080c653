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
    bad = [package for package in packages if package.get("vulns")]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    for package in bad:
        print(f"{package['name']}: {', '.join(hole['id'] for hole in package.get('vulns', []))}")
    if unknown:
        print(f"not looked up: {', '.join(unknown)}")
    return 1 if bad or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
