"""The HTML report: one self-contained page that an editor can open from disk, read on a phone, and print."""

from contradict.report.page import page_data, render

__all__ = ["page_data", "render"]
