"""`python3 dev.py promises`: run the tests of the promises and write docs/promises.md with what they measured."""

import subprocess
import sys

from tests.promises.page import PAGE, ROOT, rendered


def main(arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.promises.measuring", *arguments]
    failed = 0 if arguments == ["--page"] else subprocess.run(command, cwd=ROOT).returncode
    PAGE.write_text(rendered(), encoding="utf-8")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
