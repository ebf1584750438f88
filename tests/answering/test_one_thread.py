"""Small products are made on one thread, so that a last bit is the same on every machine."""

import subprocess
import sys
from pathlib import Path

import pytest

THREADS = Path("/proc/self/task")


@pytest.mark.skipif(not THREADS.is_dir(), reason="only Linux lists the threads of a process")
@pytest.mark.parametrize("door", ["inquiry_service.asgi", "inquiry_service.answering.asking"])
def test_numpy_starts_no_threads_of_its_own(door: str) -> None:
    told = f"import {door}, os, sys; assert 'numpy' in sys.modules;"
    told += f"print(len(os.listdir('{THREADS}')))"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "1"
