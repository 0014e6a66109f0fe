#!/bin/sh
# Starts linkplanner by double click: finds Python and hands over to run.py.
cd "$(dirname "$0")" || exit 1
for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
  # a name that is there but does not run (a shim, a stub) is passed over
  if "$python" -c "" >/dev/null 2>&1; then
    exec "$python" run.py "$@"
  fi
done
echo "linkplanner needs Python 3.11 to 3.14; get it from python.org, then start this file again." >&2
exit 2
