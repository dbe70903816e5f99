#!/usr/bin/env python
"""Entry point of every command of 红创."""

import os
import sys

# These make files of the program itself, which another user may serve.
PROGRAM = {"collectstatic", "docs", "makemigrations", "messages"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not PROGRAM & set(sys.argv[1:2]):
        os.umask(0o077)  # What the others write (database, files, mails) is its owner's alone.
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
