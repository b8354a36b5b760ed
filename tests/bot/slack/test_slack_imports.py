"""Slack's library is loaded only where Slack is configured."""

import subprocess
import sys

from tests.bot.edge import ROOT, environment

LOADED = "import sys; print(sorted(name for name in sys.modules if name.startswith(('slack', 'bot.channels.slack'))))"


def test_the_program_starts_without_slacks_library() -> None:
    everything = "import bot.app, bot.cli, bot.delivery, handlers.hearing, handlers.home; "
    done = subprocess.run(
        [sys.executable, "-c", everything + LOADED], capture_output=True, encoding="utf-8", cwd=ROOT, env=environment()
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
