"""What tests of the store share."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 128 KB."""
    stick = tmp_path / "usb"
    stick.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(stick)], capture_output=True, check=False
    ) if shutil.which("mount") else None  # fmt: skip
    if done is None or done.returncode:
        pytest.skip("mounting a small file system needs root")
    yield stick
    subprocess.run(["mount", "-o", "remount,rw", str(stick)], check=False, capture_output=True)
    subprocess.run(["umount", "-l", str(stick)], check=True)
