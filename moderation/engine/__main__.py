"""`python -m moderation.engine`: texts in, verdicts out, under the default policy or one from a file."""

import gc
import sys

from moderation.engine import commandline

if __name__ == "__main__":
    gc.disable()  # a review leaves nothing to collect, and to walk all that is remembered of words takes a tenth of the time
    sys.exit(commandline.main(sys.argv[1:]))
