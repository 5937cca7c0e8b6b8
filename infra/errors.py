"""What can go wrong, as letters to the person who must act: what failed, why, what to do next.

PipelineError
├── BadInput          the person's input cannot be used; trying again unchanged will not help
│   └── TooLarge      … because it exceeds a limit
├── NotFound          no such thing, or not for this person
├── Conflict          the thing exists but is in another state
├── Unauthenticated   nobody is logged in
├── Forbidden         somebody is, but without the role
└── Unavailable       a part of the system does not answer; trying again later helps
"""

from typing import Any


class PipelineError(Exception):
    """An expected failure. The message is Vietnamese and fit to be shown to the person concerned."""

    retriable = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors with constructors of their own must survive the way back from a worker process."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[PipelineError], args: tuple[Any, ...], state: dict[str, Any]) -> PipelineError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class BadInput(PipelineError):
    """Input that cannot be used. The original is kept."""


class TooLarge(BadInput):
    """Input over a limit that is a setting."""


class NotFound(PipelineError):
    """There is no such thing."""


class Conflict(PipelineError):
    """The request does not fit the state the thing is in."""


class Unauthenticated(PipelineError):
    """No valid login came with the request."""


class Forbidden(PipelineError):
    """The person's roles do not allow this."""


class Unavailable(PipelineError):
    """A server or disk does not answer; the work is kept and tried again."""

    retriable = True
