"""Make the publication: `python3 build.py [COMMAND ...]`; run the tests: `python3 build.py test`."""

import sys

# This file is read by whatever Python the user has, so it keeps to syntax that even old ones parse.
if sys.version_info < (3, 11):  # noqa: UP036 - the one place that an older Python reaches
    sys.stderr.write(
        "warraq needs Python 3.11 or newer, and this is Python " + sys.version.split()[0] + "\n"
        "  help: install a newer one beside it and name it, for example: python3.13 build.py\n"
    )
    sys.exit(3)

from warraq import workshop

if __name__ == "__main__":
    workshop.leave(workshop.main(sys.argv[1:]))
