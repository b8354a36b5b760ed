"""`python -m bot` is the `lssc` command."""

import sys

from bot import cli, settings


def main() -> int:
    """For the installed command."""
    settings.calm_numpy()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
