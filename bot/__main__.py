"""`python -m bot` is the `lssc` command."""

import sys

from bot import cli


def main() -> int:
    """For the installed command."""
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
