"""Real printers on the loopback address: IPP Everywhere by `ippeveprinter`, and a print server of CUPS before one."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SYSTEM = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
"""Where servers are, too."""
BUS, ANNOUNCER = Path("/run/dbus"), Path("/run/avahi-daemon")
ON_LOOPBACK = """
[server]
allow-interfaces=lo
use-ipv6=no
[publish]
publish-hinfo=no
publish-workstation=no
[wide-area]
enable-wide-area=no
"""
"""Avahi announces printers to this machine alone."""
COMMAND = """#!/bin/sh
env | grep '^IPP_' > "{folder}/job-$IPP_JOB_ID.txt"
{temper}
"""
SERVER = """
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
MaxJobTime 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""


@dataclass(frozen=True)
class Printer:
    """A running printer."""

    port: int
    folder: Path

    @property
    def uri(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    @property
    def files(self) -> list[bytes]:
        """The files of its jobs, in order."""
        kept = (self.folder / "spool").glob("*.pdf")
        return [path.read_bytes() for path in sorted(kept, key=lambda path: int(path.name.partition("-")[0]))]

    def job(self, number: int) -> dict[str, str]:
        """What the printer understood of a job's attributes, as it tells them to its print command."""
        lines = (self.folder / f"job-{number}.txt").read_text(encoding="utf-8").splitlines()
        return {name: value for name, _, value in (line.removeprefix("IPP_").partition("=") for line in lines)}


@contextmanager
def printing(folder: Path, temper: str = "exit 0", *options: str, both_sides: bool = True) -> Iterator[Printer]:
    """A printer while the block runs. `temper` is what it does with a job, in shell: `STATE: +media-empty` on the
    standard error is a reason of its state, and an exit status other than 0 gives the job up.
    """
    announce()
    (folder / "spool").mkdir(parents=True)
    command = folder / "command"
    command.write_text(COMMAND.format(folder=folder, temper=temper), encoding="utf-8")
    command.chmod(0o755)
    port = free_port()
    words = [program("ippeveprinter"), "-d", str(folder / "spool"), "-k", "-V", "2.0", "-n", "localhost"]
    words += ["-p", str(port), "-c", str(command), *(["-2"] if both_sides else [])]
    words += [*(options or ("-f", "application/pdf")), f"Octavo {port}"]
    with running(words, folder / "printer.log", port):
        yield Printer(port, folder)


@contextmanager
def queueing(printer: Printer, name: str = "Office") -> Iterator[str]:
    """A print server with one queue, which passes on to a printer, while the block runs. Gives its address."""
    folder, port = Path(tempfile.mkdtemp()), free_port()
    try:
        folder.chmod(0o755)  # What it passes jobs on with runs as another user.
        for one in ("cache", "state", "spool", "tmp"):
            (folder / one).mkdir()
        (folder / "cupsd.conf").write_text(SERVER.format(port=port), encoding="utf-8")
        places = f"ServerRoot {folder}\nCacheDir {folder}/cache\nStateDir {folder}/state\nRequestRoot {folder}/spool\n"
        logs = "".join(f"{log} {folder}/{log}\n" for log in ("AccessLog", "ErrorLog", "PageLog"))
        (folder / "cups-files.conf").write_text(f"{places}TempDir {folder}/tmp\n{logs}", encoding="utf-8")
        words = [program("cupsd"), "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
        with running(words, folder / "server.log", port):
            at = {**os.environ, "CUPS_SERVER": f"127.0.0.1:{port}"}
            add = [program("lpadmin"), "-p", name, "-E", "-v", printer.uri, "-m", "raw"]
            done = subprocess.run(add, env=at, capture_output=True, text=True, timeout=60, check=False)
            assert done.returncode == 0, done.stderr
            yield at["CUPS_SERVER"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(words: list[str], log: Path, port: int) -> Iterator[None]:
    """A server while the block runs, from when it answers at its port."""
    with log.open("wb") as said:
        server = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)
        try:
            answering = wait_for(lambda: server.poll() is not None or reaches(port))
            assert answering and server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
            yield
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def announce() -> None:
    """See that printers can be announced, without which `ippeveprinter` does not start: once for all that test here."""
    if sys.platform == "darwin":
        return
    with (Path(tempfile.gettempdir()) / f"octavo-announcing-{os.getuid()}").open("a") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        if not hears(BUS / "system_bus_socket"):
            BUS.mkdir(exist_ok=True)
            (BUS / "pid").unlink(missing_ok=True)  # Left by one that is gone, it would keep the next from starting.
            daemon("dbus-daemon", "--system", "--fork")
        if not hears(ANNOUNCER / "socket"):
            (ANNOUNCER / "pid").unlink(missing_ok=True)
            settings = Path(tempfile.mkdtemp()) / "avahi.conf"
            settings.write_text(ON_LOOPBACK, encoding="utf-8")
            daemon("avahi-daemon", "-D", "-f", str(settings), "--no-chroot", "--no-drop-root", "--no-rlimits")
            shutil.rmtree(settings.parent)
        assert wait_for(lambda: hears(BUS / "system_bus_socket") and hears(ANNOUNCER / "socket")), (
            "printers cannot be announced: neither are dbus and avahi-daemon running, nor could they be started"
        )


def daemon(name: str, *words: str) -> None:
    """Start what goes on by itself, with no thread of ours in its hands."""
    nowhere = subprocess.DEVNULL
    subprocess.run(
        [program(name), *words],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=nowhere,
        stderr=nowhere,
        timeout=60,
        check=True,
    )


def program(name: str) -> str:
    found = shutil.which(name, path=SYSTEM)
    assert found, f"{name} is missing: `make proof` says what to install"
    return found


def hears(path: Path) -> bool:
    """Whether somebody listens at a socket of this machine."""
    with socket.socket(socket.AF_UNIX) as knock:
        return knock.connect_ex(str(path)) == 0


def reaches(port: int) -> bool:
    """Whether somebody listens at a port."""
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False
