"""One progress bar for every slow stage: shown after a second, on a terminal or in a notebook, and gone when done."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def progress(description: str, total: int, unit: str) -> Any:
    """A tqdm bar to `update`; silent where standard error is no terminal and there is no notebook to show it."""
    from tqdm import TqdmWarning

    with warnings.catch_warnings():
        # Without ipywidgets there is no bar in a notebook, and no need for a warning in red above the results.
        warnings.simplefilter("ignore", TqdmWarning)
        from tqdm.auto import tqdm

    return tqdm(total=total, desc=description, unit=unit, delay=1, disable=None, leave=False)


@contextmanager
def no_loading_bar() -> Iterator[None]:
    """Keeps transformers from showing a bar while it reads an installed model, which takes no time worth one."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
