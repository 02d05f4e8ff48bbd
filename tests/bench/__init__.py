"""`make bench`: how fast it is, each figure as a ratio to a baseline that runs beside it. A benchmark is not a test."""
