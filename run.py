#!/usr/bin/env python3
"""Upstander on this machine, from nothing but Python 3.11 or newer.

    python3 run.py serve     set everything up, start it on http://localhost:8000, stop it with Ctrl-C
    python3 run.py test      run the whole test suite, browser tests included
    python3 run.py check     format, lint, types, import contract, security lint, translations
    python3 run.py bench     measure what the README promises

Any other word goes to the upstander command line (`python3 run.py load schools --help`).
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))


def main(words):
    if sys.version_info < (3, 11):  # so this file, and only this file, is written for older Pythons too
        found = ".".join(str(part) for part in sys.version_info[:3])
        print("Upstander needs Python 3.11 or newer; this is " + found + " (" + sys.executable + ").")
        print("Install a newer one (Debian 12, Ubuntu 24.04: it is there; macOS: from python.org) and run that one.")
        return 1
    if not words or words[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if words else 2
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start parses the whole house again
    sys.dont_write_bytecode = False
    sys.path.insert(0, os.path.join(ROOT, "src"))
    from upstander.commands.setup import bootstrap  # needs the path above, and Python 3.11

    return bootstrap.main(ROOT, words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
