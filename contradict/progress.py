"""One progress bar for every slow stage: shown after a second, on a terminal, and gone when done."""

from typing import Any


def progress(description: str, total: int, unit: str) -> Any:
    """A tqdm bar to `update`; silent where standard error is no terminal."""
    from tqdm import tqdm

    return tqdm(total=total, desc=description, unit=unit, delay=1, disable=None, leave=False)
