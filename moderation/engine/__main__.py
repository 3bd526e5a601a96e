"""`python -m moderation.engine`: texts in, verdicts out, under the default policy or one from a file."""

import sys

from moderation.engine import commandline

if __name__ == "__main__":
    sys.exit(commandline.main(sys.argv[1:]))
