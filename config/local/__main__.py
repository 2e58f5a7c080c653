"""The commands of `dev.py`, run inside the environment it made."""

import os
import subprocess
import sys

from config.local import services
from config.local.places import ROOT, say


def setup(arguments: list[str]) -> int:
    services.start()
    say("Ready: python3 dev.py demo")
    return 0


def manage(arguments: list[str]) -> int:
    """Become Django's command line, so that its input, output and exit code are the command's own."""
    os.execve(sys.executable, [sys.executable, str(ROOT / "manage.py"), *arguments], services.start())  # nosec B606 # noqa: S606 - no shell is in it


def demo(arguments: list[str]) -> int:
    from config.local import demo

    return demo.main(arguments)


def test(arguments: list[str]) -> int:
    from config.local import tests

    return tests.main(arguments)


def check(arguments: list[str]) -> int:
    from config.local import checks

    return checks.main(arguments)


def bench(arguments: list[str]) -> int:
    from config.local import bench

    return bench.main(arguments)


def mutate(arguments: list[str]) -> int:
    from config.local import mutate

    return mutate.main(arguments)


def faults(arguments: list[str]) -> int:
    """It brings its own servers: nothing of this checkout is started or touched."""
    return subprocess.run([sys.executable, "-m", "tests.faults", *arguments], cwd=ROOT).returncode


def promises(arguments: list[str]) -> int:
    command = [sys.executable, "-m", "tests.promises", *arguments]
    return subprocess.run(command, cwd=ROOT, env=services.start()).returncode


def stop(arguments: list[str]) -> int:
    from config.local import demo

    demo.stop()
    services.stop()
    return 0


COMMANDS = {
    "setup": setup,
    "demo": demo,
    "test": test,
    "check": check,
    "manage": manage,
    "bench": bench,
    "mutate": mutate,
    "faults": faults,
    "promises": promises,
    "stop": stop,
}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))
