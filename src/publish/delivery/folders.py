"""Where the user's own settings and records are: never in a project, and nobody else's to read."""

from pathlib import Path

import platformdirs

NAME = "octavo"


def settings() -> Path:
    """The folder of what the user has set: recipients, and the mail account."""
    return platformdirs.user_config_path(NAME, appauthor=False)


def records() -> Path:
    """The folder of what was sent, and of letters that were only written."""
    return platformdirs.user_data_path(NAME, appauthor=False)


def private(folder: Path) -> Path:
    """A folder that only the user can open, made where there is none.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder
