"""`python -m finder`; cron and documentation use the script `finder` by its full path instead."""

import sys

from finder.cli.main import main

sys.exit(main())
