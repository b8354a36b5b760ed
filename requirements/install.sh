# Installs the locked dependencies $2 (run or dev) into the virtual environment $1, then the project itself.
# uv is quick; where it cannot reach the index, pip reads the same locked file.
set -eu
venv=$1
lock=requirements/$2.txt
if [ "$2" = run ] && [ -e "$venv/dev.stamp" ] && [ "$venv/dev.stamp" -nt requirements/dev.txt ]; then
  touch "$venv/run.stamp"  # the development set holds all that running needs
  exit 0
fi
echo "Installing (once)..." >&2
"$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/uv.txt || echo "uv could not be had; going on with pip, which takes longer." >&2
if ! { [ -x "$venv/bin/uv" ] && VIRTUAL_ENV=$venv "$venv/bin/uv" pip sync -q --require-hashes --python "$venv/bin/python" "$lock" 2>"$venv/uv.log"; }; then
  if ! "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r "$lock"; then
    echo "The locked packages could not be installed: check the connection to the package index, then run the same command again." >&2
    exit 1
  fi
fi
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
touch "$venv/$2.stamp"
