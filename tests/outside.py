"""What some tests need and the project cannot carry: a database server, a browser, the platforms' specifications.

A test without it skips with the reason; in CI that counts as failed, so that nothing is left out unseen.
"""

import os
import shutil
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).parent.parent
IN_CI = os.environ.get("CI") == "true"

MEMORY = Path("/dev/shm")
MEMORY_WANTED = 2 << 30  # bytes, many times what all tests have at once

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def find_memory() -> Path | None:
    """Where files are kept in memory: the tests' databases are of no worth, and a durable commit waits for the disk."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < MEMORY_WANTED:
        return None
    return MEMORY


def find_specs() -> Path | None:
    """The folder of the platforms' official specifications, where there is one."""
    folder = Path(os.environ.get("MINIS_SPECS", ROOT.parent / "shared" / "specs"))
    return folder if folder.is_dir() else None


def forbid_skipping_in_ci(report: Report) -> Report:
    """Turn a skip into a failure that says what was missing. An expected failure is no skip."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"in CI nothing may be left out: {reason}"
    return report
