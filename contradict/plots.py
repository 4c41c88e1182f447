"""Conflicts as plots. Each function draws on the given axes, or on new ones, and returns them."""

from collections import Counter
from math import isfinite
from typing import TYPE_CHECKING, Any

from contradict.errors import MissingExtraError
from contradict.json_format import MISSES
from contradict.records import Claim, Polarity
from contradict.texts import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from contradict.results import Conflicts

_COLOURS = {Polarity.ASSERTED: "#1b6ca8", Polarity.DENIED: "#c0392b", Polarity.UNCOMMITTED: "#7f8c8d"}
_MARKS = {Polarity.ASSERTED: "o", Polarity.DENIED: "X", Polarity.UNCOMMITTED: "D"}
_BINS = [k / 20 for k in range(21)]
_NAME = 40


def _axes(ax: "Axes | None", width: float, height: float) -> "Axes":
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise MissingExtraError("plots need matplotlib: run `pip install contradict-news[plot]`") from error
    made: Any = pyplot.subplots(figsize=(width, height), layout="constrained")[1]
    return made  # type: ignore[no-any-return]


def _label(name: str) -> str:
    """A name for an axis: short, on one line, its dollars not read as mathematics."""
    name = one_line(name) or "–"
    return (name if len(name) <= _NAME else name[: _NAME - 1] + "…").replace("$", r"\$")


def _most(counts: Counter[str], limit: int) -> list[str]:
    """The names with the highest counts, ties by name, so that the order of the input changes nothing."""
    return sorted(counts, key=lambda name: (-counts[name], name))[:limit]


def _empty(ax: "Axes", text: str) -> "Axes":
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes)
    ax.set_axis_off()
    return ax


def plot_matrix(conflicts: "Conflicts", ax: "Axes | None", limit: int) -> "Axes":
    pairs = Counter((conflicts.speaker(c.left), conflicts.speaker(c.right)) for c in conflicts)
    involved: Counter[str] = Counter()
    for (one, other), n in pairs.items():
        for name in {one, other}:
            involved[name] += n
    names = _most(involved, limit)
    size = max(4.0, 2.0 + 0.35 * len(names))
    ax = _axes(ax, size, size)
    if not names:
        return _empty(ax, "no conflicts")
    place = {name: k for k, name in enumerate(names)}
    table = [[0] * len(names) for _ in names]
    for (one, other), n in pairs.items():
        if one in place and other in place:
            table[place[one]][place[other]] += n
            if one != other:
                table[place[other]][place[one]] += n
    ax.imshow(table, cmap="Reds", vmin=0)
    most = max(map(max, table))
    for y, row in enumerate(table):
        for x, n in enumerate(row):
            if n:
                ax.text(x, y, str(n), ha="center", va="center", color="white" if n > 0.6 * most else "black")
    labels = [_label(name) for name in names]
    ax.set_xticks(range(len(names)), labels, rotation=60, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(len(names)), labels)
    shown = sum(n for pair, n in pairs.items() if set(pair) <= set(place))
    rest = f"\n{len(names)} of {len(involved)} speakers, {shown} of {len(conflicts)} conflicts" if len(names) < len(involved) else ""
    ax.set_title(f"Who stands against whom{rest}")
    return ax


def plot_timeline(conflicts: "Conflicts", ax: "Axes | None", limit: int) -> "Axes":
    claims = list({claim.id: claim for c in conflicts for claim in (c.left, c.right)}.values())
    dated = [claim for claim in claims if _dates(claim, conflicts)]
    spoken = Counter(conflicts.speaker(claim) for claim in dated)
    names = _most(spoken, limit)
    ax = _axes(ax, 9.0, max(2.5, 1.5 + 0.35 * len(names)))
    if not names:
        return _empty(ax, f"no dated claims in conflict, {len(claims)} undated" if claims else "no conflicts")
    place = {name: k for k, name in enumerate(names)}
    drawn = [claim for claim in dated if conflicts.speaker(claim) in place]
    labelled: set[Polarity] = set()
    seen: Counter[str] = Counter()
    for claim in drawn:
        speaker, colour = conflicts.speaker(claim), _COLOURS[claim.polarity]
        # Side by side in their row, so that claims of one day do not hide each other.
        y = place[speaker] + 0.6 * ((seen[speaker] + 0.5) / spoken[speaker] - 0.5)
        seen[speaker] += 1
        published = conflicts.document(claim.document_id).published
        if claim.time and (claim.time.start or claim.time.end):
            # An open end is drawn up to the publication, or as a single arrow where there is none.
            start, end = claim.time.start or claim.time.end, claim.time.end or claim.time.start
            if published and not claim.time.end and claim.time.start and claim.time.start < published:
                end = published
            marker = "|" if claim.time.start and claim.time.end else ">" if claim.time.start else "<"
            ax.plot([start, end], [y, y], color=colour, alpha=0.4, linewidth=4, marker=marker, markersize=7)  # type: ignore[arg-type]
        if published:
            label = None if claim.polarity in labelled else f"{claim.polarity.value} (published)"
            labelled.add(claim.polarity)
            ax.plot([published], [y], color=colour, marker=_MARKS[claim.polarity], linestyle="", label=label)  # type: ignore[arg-type]
    ax.set_yticks(range(len(names)), [_label(name) for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="x", rotation=30)
    ax.grid(axis="x", alpha=0.3)
    if labelled:
        ax.legend(fontsize="small", loc="upper left", bbox_to_anchor=(1.0, 1.0))
    rest = [f"{len(claims) - len(dated)} undated"] if len(dated) < len(claims) else []
    rest += [f"{len(dated) - len(drawn)} of other speakers"] if len(drawn) < len(dated) else []
    ax.set_title(
        "Claims in conflict: marks when published, lines the time they speak of" + (f"\nnot shown: {', '.join(rest)}" if rest else ""),
        fontsize="medium",
    )
    return ax


def _dates(claim: Claim, conflicts: "Conflicts") -> bool:
    spoken = claim.time is not None and (claim.time.start or claim.time.end) is not None
    return spoken or conflicts.document(claim.document_id).published is not None


def plot_scores(conflicts: "Conflicts", ax: "Axes | None") -> "Axes":
    scores = [float(c.score) for c in conflicts.ranked if isfinite(c.score)]
    ax = _axes(ax, 6.0, 3.5)
    above = [s for s in scores if s >= conflicts.threshold]
    below = [s for s in scores if s < conflicts.threshold]
    ax.hist(
        [above, below],
        bins=_BINS,
        stacked=True,
        color=["#c0392b", "#bdc3c7"],
        label=[f"reported ({len(above)})", f"near misses ({len(below)})"],
    )
    ax.axvline(conflicts.threshold, color="black", linestyle="--", linewidth=1, label=f"threshold {conflicts.threshold:.2f}")
    ax.set_xlim(0, 1)
    ax.set_xlabel("score")
    ax.set_ylabel("pairs of claims")
    ax.legend()
    absent = conflicts.dropped.get(MISSES, 0)
    ax.set_title("Scores of the judged pairs" + (f"\nnot shown: {absent:,} {MISSES}" if absent else ""))
    return ax
