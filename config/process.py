"""What this process is called in the audit log: its program or command, and the system's user who runs it."""

import os
import pwd
import re
import sys
from pathlib import Path


def name() -> str:
    """`runserver:kim`, `celery:deltoid`, `gunicorn:deltoid`: letters that a connection's options can carry."""
    path = Path(sys.argv[0])
    program = path.parent.name if path.name == "__main__.py" else path.name  # python -m celery
    if program == "manage.py" and len(sys.argv) > 1:
        program = sys.argv[1]
    if program in ("", "-", "-c"):  # a line typed to Python, or a worker that another program started so
        program = "python"
    return re.sub(r"[^\w.:-]", "-", f"{program}:{system_user()}", flags=re.ASCII)[:100]


def system_user() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container may run as a number that has no name
        return str(os.geteuid())
