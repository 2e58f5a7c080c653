"""pip-audit, made strict: a package it could not look up counts as a failure, not as a pass."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from config.local.places import ROOT, say

#: dev.txt holds all of runtime.txt; the installer is asked about as well, because it touches every package
ASKED = ["-r", "requirements/dev.txt", "-r", "requirements/installer.txt", "--disable-pip", "--format=json"]


def main() -> int:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("pip-audit")), *ASKED],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if not done.stdout.strip():
        say(done.stderr)
        return 1
    found = problems(json.loads(done.stdout)["dependencies"])
    for line in found:
        say(line)
    return 1 if found else 0


def problems(packages: list[dict[str, Any]]) -> list[str]:
    """What stands against a release: known holes, packages that could not be audited, or no answer about any."""
    found = [
        f"{package['name']} {package['version']}: {', '.join(hole['id'] for hole in package['vulns'])}"
        for package in packages
        if package.get("vulns")
    ]
    unknown = sorted(package["name"] for package in packages if "vulns" not in package)
    if unknown:
        found.append(
            f"{len(unknown)} of {len(packages)} packages could not be audited (docs/security.md): {', '.join(unknown)}"
        )
    return found or ([] if packages else ["pip-audit looked at no package at all"])


if __name__ == "__main__":
    sys.exit(main())
