"""The settings of the product with one thing done wrong: see :mod:`tests.faults.bare`."""

from tests.faults.quick_settings import *  # noqa: F403 - the same settings but for what follows
from tests.faults.quick_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.bare.Bare"]
