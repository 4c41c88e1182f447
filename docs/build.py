"""Builds the API reference from the docstrings: `python docs/build.py [FOLDER]`, by default into build/api."""

import sys
import warnings
from pathlib import Path

import pdoc

import contradict

MODULES = ("contradict", "contradict.protocols", "contradict.errors", "contradict.testing", "contradict.holders")


def build(folder: Path) -> None:
    """Writes the pages into `folder`; whatever pdoc warns of is an error."""
    # The package loads its names at first use; pdoc looks only at what is there.
    for name in contradict.__all__:
        setattr(contradict, name, getattr(contradict, name))
    pdoc.render.configure(docformat="google", show_source=False, footer_text=f"contradict {contradict.__version__}")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pdoc.pdoc(*MODULES, output_directory=folder)


if __name__ == "__main__":
    build(Path(sys.argv[1] if len(sys.argv) > 1 else "build/api"))
