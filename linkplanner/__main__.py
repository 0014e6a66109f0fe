"""`python -m linkplanner`."""

import sys

from linkplanner.cli import main

if __name__ == "__main__":
    sys.exit(main())
