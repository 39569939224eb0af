"""`python -m tenpoint` is the `tenpoint` command."""

import sys

from tenpoint.command import main

sys.exit(main())
