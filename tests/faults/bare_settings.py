"""The settings of the product with one thing done wrong: see :mod:`tests.faults.bare`."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.bare.Bare"]
