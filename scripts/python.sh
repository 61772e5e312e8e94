# Sourced by the scripts beside it: sets $checkout, and $python to a Python 3.11 or newer that can make environments.
checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    # asked by running it: a name on the path may be a shim with nothing behind it
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or newer with its venv module is needed (on Debian and Ubuntu: apt-get install python3 python3-venv)." >&2
    exit 1
fi
"$python" "$checkout/scripts/environment.py" || exit 1
python=$checkout/.venv/bin/python
