"""The Celery application. Tasks live in the rooms; the truth about a job is its row (common.jobs)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hongchuang")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Threads that only import a task (the embedded worker, a web thread) must find this app, not Celery's silent default.
app.set_default()
