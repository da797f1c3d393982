import sys

from tests.oracle.run import main

sys.exit(main())
