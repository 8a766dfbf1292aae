"""What tests of the post share: a home of their own, an authority that vouches for servers, and a book."""

from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from cli.helpers import book, write
from publish import cache
from publish.delivery import mailing

from .server import PASSWORD, USER, Certified


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with no settings yet, and no waiting between tries. What builds keep stays where it always is."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("OCTAVO_CACHE", str(cache.folder()))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("OCTAVO_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setattr(mailing, "WAITS", (0.0, 0.0, 0.0))
    return folder


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    """A server that an authority of this session vouches for."""
    return Certified(trustme.CA())


@pytest.fixture
def trusted(certified: Certified, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system trusts that authority."""
    pem = tmp_path / "authority.pem"
    certified.authority.cert_pem.write_to_path(str(pem))
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))


@pytest.fixture
def account(home: Path) -> Callable[..., None]:
    """Writes the mail account that letters are sent from."""

    def write_account(port: int = 2525, **changed: str | int | None) -> None:
        said: dict[str, str | int | None] = {
            "host": "127.0.0.1",
            "port": port,
            "security": "starttls",
            "user": USER,
            "sender": "Ada Brandt <ada@example.org>",
            **changed,
        }
        lines = [
            f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"'
            for key, value in said.items()
            if value is not None
        ]
        write(home / "config" / "octavo", {"mail.toml": "\n".join(lines)})

    return write_account


@pytest.fixture
def whale(tmp_path: Path) -> Path:
    """A small book."""
    return write(tmp_path / "whale", book("# One\n\nCall me Ada.\n"))
