"""The settings of the product with one thing done wrong: see :mod:`tests.faults.bare`."""

from config.settings import *  # noqa: F403 - the same settings but for what follows
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.bare.Bare"]
