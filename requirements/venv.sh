# Makes the virtual environment $1, or says in one line what is missing.
set -eu
if [ -z "${PYTHON:-}" ] || ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 or newer is needed (Debian: apt install python3.11)." >&2
  exit 1
fi
if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "Python's venv module is missing: install the package python3-venv (Debian: apt install python3-venv)." >&2
  exit 1
fi
"$PYTHON" -m venv "$1"
