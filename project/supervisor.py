"""honcho as `make run` uses it: `python -m project.supervisor start`.

It stops its processes on Ctrl-C, and here also when its terminal is closed, when nobody reads any more what it prints, and when not all of
them have started yet.
"""

import io
import multiprocessing
import os
import signal
import sys
from types import FrameType
from typing import Any

from honcho import command
from honcho.manager import Manager


class PatientManager(Manager):  # type: ignore[misc]  # honcho brings no types
    """Ends its processes when all have started: honcho's fails at the first that has no number yet, and leaves the others behind."""

    _is_to_end = False

    def terminate(self) -> None:
        self._is_to_end = True
        self._all_started()

    def _all_started(self) -> bool:
        """Asked by honcho's loop again and again."""
        all_started: bool = super()._all_started()
        if all_started and self._is_to_end:
            super().terminate()
        return all_started


class Output(io.FileIO):
    """What nobody reads any more goes nowhere: an error in printing would leave the processes behind."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return len(data)


def hang_up(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  (a signal handler's)
    signal.raise_signal(signal.SIGTERM)


if __name__ == "__main__":
    # honcho prints in its signal handlers, and a buffer that is just being written cannot be written to: it would die without its processes.
    sys.stdout = io.TextIOWrapper(Output(1, "w", closefd=False), write_through=True)
    # What honcho starts begins with our signal handlers, so that Ctrl-C, which goes to all of them, does not end it before it has said what it started.
    multiprocessing.set_start_method("fork")
    # nohup has it ignored.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, hang_up)
    command.Manager = PatientManager
    command.main()
