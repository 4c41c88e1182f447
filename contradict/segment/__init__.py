"""Articles to claims: what is stated, who stands behind it, whether asserted or denied, when, and how many."""

from contradict.segment.segmenter import SpacySegmenter
from contradict.segment.text import load_spacy

__all__ = ["SpacySegmenter", "load_spacy"]
