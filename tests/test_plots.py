"""Plots: what is drawn, and that any name can be drawn."""

import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contradict import Conflicts, Document, MissingExtraError
from contradict.records import Attribution, Claim, Polarity, TimeInterval
from tests.test_results import conflict, results

DOCUMENTS = (Document("a", "x", outlet="Aster Press", published=date(2024, 6, 11)), Document("b", "x", outlet="Borough News"))


@pytest.fixture
def pyplot() -> Iterator[Any]:
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    matplotlib.use("agg")
    from matplotlib import pyplot

    yield pyplot
    pyplot.close("all")


def said(
    name: str, holder: str | None = None, document: str = "a", time: TimeInterval | None = None, polarity: Polarity = Polarity.ASSERTED
) -> Claim:
    chain = (Attribution(holder, None, None, polarity),) if holder else ()
    return Claim(name, document, 0, 1, "x", "x", chain, polarity, time=time)


HOLM = said("1", "Holm", time=TimeInterval(date(2024, 6, 1), date(2024, 6, 5), "in early June"), polarity=Polarity.DENIED)
IRIS = said("2", "Iris")
OWN = said("3", document="b", time=TimeInterval(None, date(2024, 6, 2), "until Sunday"))
FOUND = results(
    conflict(0.9, left=HOLM, right=IRIS), conflict(0.8, left=IRIS, right=HOLM), conflict(0.7, left=HOLM, right=OWN),
    conflict(0.6, left=said("4", "Jo", "b"), right=IRIS), conflict(0.2, left=IRIS, right=OWN), documents=DOCUMENTS,
)  # fmt: skip


def draw(ax: Any) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the default font lacks some scripts
        ax.figure.canvas.draw()


def names(labels: list[Any]) -> list[str]:
    return [label.get_text() for label in labels]


def test_the_matrix_counts_conflicts_between_speakers_both_ways(pyplot: Any) -> None:
    ax = FOUND.plot_matrix()
    draw(ax)
    assert names(ax.get_yticklabels()) == names(ax.get_xticklabels()) == ["Holm", "Iris", "Borough News (own voice)", "Jo"]
    assert ax.images[0].get_array().tolist() == [[0, 2, 1, 0], [2, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]]
    assert sorted(names(ax.texts)) == ["1", "1", "1", "1", "2", "2"]
    assert ax.get_title() == "Who stands against whom"


def test_a_matrix_that_is_cut_says_so(pyplot: Any) -> None:
    ax = FOUND.plot_matrix(limit=2)
    assert names(ax.get_yticklabels()) == ["Holm", "Iris"]
    assert ax.get_title().endswith("2 of 4 speakers, 2 of 4 conflicts")


def test_a_reversal_is_on_the_diagonal(pyplot: Any) -> None:
    ax = results(conflict(0.9, left=HOLM, right=replace(HOLM, id="5")), documents=DOCUMENTS).plot_matrix()
    assert ax.images[0].get_array().tolist() == [[1]]


def test_the_timeline_has_publications_and_the_times_spoken_of(pyplot: Any) -> None:
    ax = FOUND.plot_timeline()
    draw(ax)
    assert names(ax.get_yticklabels()) == ["Borough News (own voice)", "Holm", "Iris"]
    drawn = [(list(line.get_xdata()), line.get_ydata()[0], line.get_marker()) for line in ax.lines]
    assert ([date(2024, 6, 1), date(2024, 6, 5)], 1, "|") in drawn
    assert ([date(2024, 6, 2), date(2024, 6, 2)], 0, "<") in drawn
    assert ([date(2024, 6, 11)], 1, "X") in drawn
    assert ([date(2024, 6, 11)], 2, "o") in drawn
    assert len(drawn) == 4
    assert ax.get_title().endswith("not shown: 1 undated")
    assert names(ax.get_legend().get_texts()) == ["denied (published)", "asserted (published)"]


def test_a_time_since_then_is_drawn_up_to_the_publication(pyplot: Any) -> None:
    since = TimeInterval(date(2024, 6, 1), None, "since June")
    ax = results(
        conflict(0.9, left=said("1", "Holm", time=since), right=said("2", "Iris", "b", since)), documents=DOCUMENTS
    ).plot_timeline()
    drawn = [list(line.get_xdata()) for line in ax.lines]
    assert drawn == [[date(2024, 6, 1), date(2024, 6, 11)], [date(2024, 6, 11)], [date(2024, 6, 1), date(2024, 6, 1)]]


def test_scores_part_at_the_threshold(pyplot: Any) -> None:
    ax = FOUND.plot_scores()
    draw(ax)
    assert names(ax.get_legend().get_texts()) == ["reported (4)", "near misses (1)", "threshold 0.50"]
    assert sum(bar.get_height() for bar in ax.patches) == 5


def test_near_misses_that_were_not_exported_are_told_of(pyplot: Any) -> None:
    ax = Conflicts.from_json(FOUND.to_json()).plot_scores()
    assert ax.get_title().endswith("not shown: 1 below the threshold, not exported")


@pytest.mark.parametrize("plot", ["plot_matrix", "plot_timeline", "plot_scores"])
def test_given_axes_are_drawn_on_and_returned(pyplot: Any, plot: str) -> None:
    ax = pyplot.figure().add_subplot()
    assert getattr(FOUND, plot)(ax=ax) is ax
    assert len(pyplot.get_fignums()) == 1


@pytest.mark.parametrize("plot", ["plot_matrix", "plot_timeline", "plot_scores"])
@pytest.mark.parametrize("found", [Conflicts((), (), 0.5), FOUND.above(0.95), results(conflict(0.9, left=said("1", "H", "b")))])
def test_nothing_to_draw_is_no_failure(pyplot: Any, plot: str, found: Conflicts) -> None:
    draw(getattr(found, plot)())


@pytest.mark.parametrize("plot", ["plot_matrix", "plot_timeline"])
@pytest.mark.parametrize(
    "name", ["$\\frac{$", "$5 or $6", "\\$", "{%s}", "_private", "a\nb", "\x00", "\u202eabc", "漢字 سلام 🌉", "x" * 100_000]
)
def test_any_name_can_be_drawn(pyplot: Any, plot: str, name: str) -> None:
    ax = getattr(results(conflict(0.9, left=said("1", name), right=IRIS), documents=DOCUMENTS), plot)()
    draw(ax)
    assert max(map(len, names(ax.get_yticklabels()))) <= 45


def test_without_matplotlib_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for plot in (FOUND.plot_matrix, FOUND.plot_timeline, FOUND.plot_scores):
        with pytest.raises(MissingExtraError, match=r"pip install contradict-news\[plot\]"):
            plot()
