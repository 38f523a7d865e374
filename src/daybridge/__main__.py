"""`python -m daybridge` is `daybridge`."""

import sys

from daybridge.ops.cli import main

sys.exit(main())
