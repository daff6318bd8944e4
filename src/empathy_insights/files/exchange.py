"""Exchange two folders in one step, where the system can."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are from where the command was given
_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS alike


def exchanged(one: Path, other: Path) -> bool:
    """Give each of two folders the other's name, and tell whether that was done.

    Whoever looks sees both before or both after. Not all systems and disks can.

    Examples
    --------
    >>> exchanged(Path("not there"), Path("neither"))
    False
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return int(system.renamex_np(*names, _SWAP)) == 0
        return int(system.renameat2(_HERE, names[0], _HERE, names[1], _SWAP)) == 0
    except (AttributeError, OSError, TypeError):
        return False
