"""What can go wrong with a database while nobody did anything wrong."""

from core.values.refusals import Trouble


class TookTooLong(Trouble):
    """A unit of work was stopped at its time limit; nothing of it was kept."""


class OutcomeUnknown(Trouble):
    """The connection was lost while the unit was being committed: read again by business key before trying again."""


class Busy(Trouble):
    """Another process would not let go of the database, or others went first each time; nothing was kept."""
