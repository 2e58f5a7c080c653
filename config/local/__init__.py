"""A developer's machine: the services, checks and processes behind `dev.py`.

Nothing here runs in production. `dev.py` makes the environment and hands over to `python -m config.local`.
"""
