"""How much room a disk has, and how much the database needs to go on reading."""

import os
from pathlib import Path

LEAST_BYTES = 200_000_000  # own value: below it nothing is saved; reads write their record for days


def free_bytes(folder: Path) -> int:
    """Return what is free for a program that is not root."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize
