"""Exceptions and warnings.

ContradictError
├── InputError            what was given cannot be read as news articles
│   └── DuplicateIdError  two documents share an id
├── ModelError            a model cannot be loaded or used
│   └── WeightsError      a bundled data file is missing or altered
└── MissingExtraError     an optional dependency is not installed

ContradictWarning         something was left out; the rest is done
"""


class ContradictError(Exception):
    """Base class of every error raised on purpose; its text names the remedy."""


class InputError(ContradictError, ValueError):
    """The input cannot be read as news articles."""


class DuplicateIdError(InputError):
    """Two documents share an id."""


class ModelError(ContradictError, RuntimeError):
    """A model cannot be loaded or used."""


class WeightsError(ModelError):
    """A bundled data file is missing or is not the one that was released."""


class MissingExtraError(ContradictError, ImportError):
    """An optional dependency is not installed."""


class ContradictWarning(UserWarning):
    """Something was left out of the analysis; the rest is done."""
