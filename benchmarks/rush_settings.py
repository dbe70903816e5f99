"""The site's settings with the bare view beside its pages."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.rush_bare"
