"""What backup and restore refuse."""

from common.errors import Conflict


class BackupFailed(Conflict):
    """There is no new set; the sentence says why."""


class SetRefused(Conflict):
    """The set is damaged, foreign or does not belong here; nothing was touched."""


class NotEmpty(Conflict):
    """A set is restored into an empty installation only."""


class RestoreFailed(Conflict):
    """The database did not take the set; what had been put in place is taken away again."""
