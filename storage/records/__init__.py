"""The records of each area: its statements, and how its rows become the core's values."""
