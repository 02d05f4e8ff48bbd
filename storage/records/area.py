"""What the records of every area share: the unit of work they execute in."""

from storage.execution import Execution


class Area:
    """Records that live in one unit of work."""

    __slots__ = ("_execution",)

    def __init__(self, execution: Execution) -> None:
        self._execution = execution
