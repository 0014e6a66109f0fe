"""The process that runs one job: python -m linkplanner.worker WORKSPACE JOB_ID."""

import sys

from linkplanner.work.run import main

if __name__ == "__main__":
    sys.exit(main())
