"""Ctrl-C while a module is being loaded: one line and status 130, whatever the module makes of it."""

import signal
import subprocess
import sys
from pathlib import Path

LOADING = """
import signal
from publish import cli

signal.signal(signal.SIGINT, cli._interrupted)
try:
    import slow
except BaseException:
    print("the module's own answer")
"""


def test_ctrl_c_while_a_module_loads_ends_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("import time\nprint('loading', flush=True)\ntime.sleep(60)\n", encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", LOADING], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "loading\n"
    child.send_signal(signal.SIGINT)
    out, said = child.communicate(timeout=30)
    assert (out, said.strip(), child.returncode) == ("", "stopped; the last good files are untouched", 130)
