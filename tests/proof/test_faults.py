"""What can go wrong around a build: a full disk, a folder of somebody else's, an impatient author, a power cut."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import HOUSE

pytestmark = pytest.mark.proof
LETTER = HOUSE / "tests" / "books" / "letter"
NAMES = ("on-keeping-bees-in-the-city.pdf", "on-keeping-bees-in-the-city.epub")


def command(project: Path) -> list[str]:
    return [sys.executable, "-m", "publish", "build", "--project", str(project)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(LETTER, tmp_path / "book")
    return tmp_path / "book"


def change(project: Path) -> None:
    with (project / "manuscript" / "letter.md").open("a", encoding="utf-8") as text:
        text.write("\n\tOne paragraph more.\n")


def outputs(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / "build").iterdir() if path.name in NAMES}


def test_a_full_disk_leaves_the_last_good_files(project: Path) -> None:
    if os.geteuid() != 0:
        pytest.fail("this proof mounts a small disk and needs root")
    subprocess.run(command(project), check=True, capture_output=True)
    good = outputs(project)
    shutil.rmtree(project / "build")
    (project / "build").mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(project / "build")], check=True)
    try:
        for name, data in good.items():
            (project / "build" / name).write_bytes(data)
        filler = project / "build" / "filler"
        with filler.open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space"):
            while True:
                stream.write(b"x" * 4096)
        change(project)
        done = subprocess.run(command(project), check=False, capture_output=True, text=True)
        assert done.returncode == 1
        assert "O001" in done.stderr
        assert "Traceback" not in done.stderr
        assert outputs(project) == good
    finally:
        subprocess.run(["umount", str(project / "build")], check=True)


AS_NOBODY = """
import os, sys
from publish.cli import publish
publish(["build", "--project", sys.argv[1]], standalone_mode=False)  # everything is loaded while we may read it
os.setgid(65534)
os.setuid(65534)
sys.exit(publish(["build", "--project", sys.argv[2]], standalone_mode=False))
"""


def test_a_folder_that_cannot_be_written_is_said_plainly(project: Path, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.fail("this proof builds as the user nobody and needs root")
    # Other runs of the tests close the folder that tmp_path stands in to all but its owner.
    with tempfile.TemporaryDirectory() as open_to_all:
        theirs = Path(open_to_all) / "book"
        shutil.copytree(project, theirs)
        (theirs / "build").mkdir()
        for path in (theirs.parent, theirs):
            path.chmod(0o755)
        environment = {**os.environ, "OCTAVO_CACHE": str(tmp_path / "cache")}
        arguments = [sys.executable, "-c", AS_NOBODY, str(project), str(theirs)]
        done = subprocess.run(arguments, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    assert "O001" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_moment_to_stop_a_build_leaves_half_a_file(project: Path, number: signal.Signals) -> None:
    subprocess.run(command(project), check=True, capture_output=True)
    started = time.monotonic()
    change(project)
    subprocess.run(command(project), check=True, capture_output=True)
    whole = time.monotonic() - started
    moments = random.Random(7)
    for _ in range(20):
        change(project)
        child = subprocess.Popen(command(project), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(moments.uniform(0.2, whole))
        child.send_signal(number)
        _, said = child.communicate()
        assert "Traceback" not in said
        for name, data in outputs(project).items():
            assert data.startswith(b"%PDF-") if name.endswith("pdf") else data.startswith(b"PK")
            assert data.rstrip().endswith(b"%%EOF") if name.endswith("pdf") else b"PK\x05\x06" in data[-64:]
    subprocess.run(command(project), check=True, capture_output=True)
    assert not list((project / "build").glob(".*octavo-part"))
    for name, data in outputs(project).items():
        record = json.loads((project / "build" / ".octavo" / f"{name}.json").read_text(encoding="utf-8"))
        assert record["sha256"] == sha256(data).hexdigest()
