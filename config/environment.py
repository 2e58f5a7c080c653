"""Where the settings are read from: the environment, and beside it a file `.env` at the top of the project."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)
