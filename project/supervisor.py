"""honcho as `make run` uses it: `python -m project.supervisor start`. It stops its processes on Ctrl-C, and here also when its terminal is closed."""

import io
import os
import signal
import sys
from types import FrameType

from honcho.command import main


def hang_up(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  (a signal handler's)
    """What is still printed goes nowhere: the terminal is gone, and an error in printing would leave the processes behind."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):
        os.dup2(nowhere, output)
    signal.raise_signal(signal.SIGTERM)


if __name__ == "__main__":
    # honcho prints in its signal handlers, and a buffer that is just being written cannot be written to: it would die without its processes.
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), write_through=True)
    signal.signal(signal.SIGHUP, hang_up)
    main()
