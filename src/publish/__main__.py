"""`python -m publish` is the command `publish`."""

import signal

# Until the command line can end Ctrl-C with a line of its own, it ends the process without a word.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from publish.cli import main  # noqa: E402  the line above must come first

main()
