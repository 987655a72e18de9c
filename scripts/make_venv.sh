#!/bin/sh
# Makes the virtual environment, or says in one sentence what is missing for it.
set -eu
venv=$1

found=
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        found=$candidate
        break
    fi
done
if [ -z "$found" ]; then
    echo "setup: mailbot needs Python 3.11 or newer; none was found." \
         "Install one, or name it: make setup PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$found" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "setup: this Python has no venv module." \
         "On Debian and Ubuntu: apt-get install python${version}-venv" >&2
    exit 1
fi
echo "setup: making $venv with $("$found" --version)"
"$found" -m venv "$venv"
