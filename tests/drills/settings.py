"""The settings, but a queue per drill: other runs may share the broker."""

import os

from config.settings import *  # noqa: F403

CELERY_TASK_DEFAULT_QUEUE = os.environ["DRILL_QUEUE"]
