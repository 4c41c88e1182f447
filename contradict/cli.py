"""The command line: `contradict find PATH...`, `contradict check CLAIM PATH...` and `contradict claims PATH...`."""

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from contradict import __version__
from contradict.check import ClaimCheck, Finding
from contradict.errors import ContradictError, ContradictWarning, InputError
from contradict.finder import ConflictFinder
from contradict.records import Claim, Conflict, Kind, Polarity
from contradict.results import Conflicts
from contradict.reviews import read_reviews
from contradict.texts import when

EXIT_CODES = """exit codes:
  0  done, whether or not a conflict was found
  1  the input cannot be read, or an output not written
  2  the command line is not understood
  3  a model cannot be loaded
  130  interrupted
"""
_SHOWN = 20
_EXPORTS = ("json", "csv", "markdown", "annotations", "html")  # each an option, and a method to_... of the results


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="contradict",
        description="Shows where news articles disagree: ranked leads with their evidence, not verdicts.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"contradict {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    paths: dict[str, Any] = {
        "nargs": "+",
        "metavar": "PATH",
        "help": "a .txt, .md, .json, .jsonl, .csv or .html file, a folder of them, or - for standard input",
    }
    find = commands.add_parser(
        "find",
        help="find conflicts in and between articles",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    find.add_argument("paths", **paths)
    find.add_argument("--json", metavar="FILE", help="write the conflicts as JSON to FILE (- for standard output, no table)")
    find.add_argument("--csv", metavar="FILE", help="the same as a table for a spreadsheet")
    find.add_argument("--markdown", metavar="FILE", help="the same as a list for a ticket")
    find.add_argument("--annotations", metavar="FILE", help="the same as W3C Web Annotations, JSON-LD")
    find.add_argument("--html", metavar="FILE", help="write the report to FILE: one page, to be opened in a browser")
    find.add_argument("--reviews", metavar="FILE", action="append", help="take in reviews that a report exported; may be repeated")
    find.add_argument("--min-score", type=_share, metavar="S", help="show conflicts from this score on, 0 to 1")
    find.add_argument("--top-k", type=_positive, metavar="K", help="compare each claim with its K nearest")
    find.add_argument("--kind", action="append", choices=[k.value for k in Kind], help="show this kind only; may be repeated")
    find.add_argument("--limit", type=_positive, default=_SHOWN, metavar="N", help=f"at most N in the table (default {_SHOWN})")
    find.add_argument("--against", action="append", metavar="PATH", help="compare PATH... with this reference only; may be repeated")
    find.add_argument("--among-new", action="store_true", help="with --against: compare PATH... among themselves too")
    find.add_argument("--across-only", action="store_true", help="compare no claims of one document with each other")
    check = commands.add_parser(
        "check",
        help="find what contradicts or supports one claim",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("claim", metavar="CLAIM", help='a statement in quotes, such as "Twelve people died in the fire"')
    check.add_argument("paths", **paths)
    check.add_argument("--json", metavar="FILE", help="write the findings as JSON to FILE (- for standard output, no table)")
    check.add_argument("--min-score", type=_share, metavar="S", help="show contradicting passages from this score on, 0 to 1")
    check.add_argument("--limit", type=_positive, default=_SHOWN, metavar="N", help=f"show at most N of each (default {_SHOWN})")
    claims = commands.add_parser("claims", help="show what is understood: each claim, who holds it, whether asserted or denied, when")
    claims.add_argument("paths", **paths)
    return parser


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"must be a number between 0 and 1, not {text}")
    return value


def _positive(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number of at least 1, not {text}")
    return value


def _inputs(paths: Sequence[str]) -> list[Any]:
    """Paths as the library takes them; `-` is the text on standard input."""
    inputs: list[Any] = []
    for path in paths:
        if path == "-":
            raw = sys.stdin.buffer.read()
            try:
                inputs.append({"id": "standard input", "text": raw.decode("utf-8-sig")})
            except UnicodeDecodeError as error:
                raise InputError("standard input is not UTF-8 text") from error
        else:
            inputs.append(Path(path))
    return inputs


def _clean(text: str) -> str:
    """Text for a terminal: no control characters, one line."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "�" for c in text).split())


def _side(claim: Claim, conflicts: Conflicts | ClaimCheck) -> Text:
    document = conflicts.document(claim.document_id)
    text = Text()
    text.append(_clean(conflicts.speaker(claim)), style="bold")
    text.append(" denies" if claim.polarity is Polarity.DENIED else "")
    text.append(f"\n{_clean(claim.text)}\n")
    where = _clean(document.label) + (f", {document.published}" if document.published else "")
    text.append(where, style="dim")
    return text


def _table(conflicts: Conflicts, shown: Sequence[Conflict]) -> Table:
    table = Table(show_lines=True, expand=True, header_style="bold")
    table.add_column("score", width=5, no_wrap=True)
    table.add_column("one side", ratio=1)
    table.add_column("the other", ratio=1)
    for conflict in shown:
        right = _side(conflict.right, conflicts)
        table.add_row(f"{conflict.score:.2f}", _side(conflict.left, conflicts), right)
        label = f"{conflict.kind.value}, {conflict.strength.value}"
        table.add_row("", Text(label, style="italic"), Text(_clean(conflict.why), style="italic"))
    return table


def _targets(args: argparse.Namespace) -> dict[str, str]:
    """The files to write, by form."""
    return {name: getattr(args, name) for name in _EXPORTS if getattr(args, name, None)}


def _export(results: Conflicts | ClaimCheck, name: str, target: str, notes: Console) -> None:
    write = getattr(results, f"to_{name}")
    if target == "-":
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        text = write()
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    try:
        write(target)
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror}") from error
    notes.print(f"written: {target}", markup=False, highlight=False, soft_wrap=True)


def _find(args: argparse.Namespace, out: Console, notes: Console) -> int:
    finder = ConflictFinder(threshold=args.min_score, top_k=args.top_k, within_documents=not args.across_only)
    reference = _inputs(args.against) if args.against else None
    given = [review for path in args.reviews or () for review in read_reviews(path)]  # unreadable ones are told before the work
    conflicts = finder.find(_inputs(args.paths), reference, among_new=args.among_new).with_reviews(given)
    everything = conflicts
    if args.kind:
        conflicts = conflicts.of_kind(*args.kind)
    targets = _targets(args)
    for name, target in targets.items():
        _export(conflicts, name, target, notes)
    if "-" not in targets.values():
        shown = conflicts[: args.limit]
        if shown:
            out.print(_table(conflicts, shown))
        out.print(Text(conflicts.summary()))
        if len(conflicts) > len(shown):
            out.print(f"{len(conflicts) - len(shown)} more: --limit {len(conflicts)}, --json FILE or --html FILE shows them.")
        if not shown:
            misses = conflicts.ranked[:3]
            if misses:
                out.print(f"Nothing reaches {conflicts.threshold:.2f}. The nearest misses (--min-score lowers the bar):")
                out.print(_table(conflicts, misses))
            else:
                out.print("No two claims were close enough to compare." if not everything.ranked else "None of that kind.")
    for reason, count in conflicts.dropped.items():
        notes.print(f"left out, {escape(reason)}: {count:,}", style="dim")
    return 0


def _findings(check: ClaimCheck, findings: Sequence[Finding], title: str) -> Table:
    table = Table(show_lines=True, expand=True, header_style="bold")
    table.add_column("score", width=5, no_wrap=True)
    table.add_column(title, ratio=2)
    table.add_column("why", ratio=1)
    for finding in findings:
        table.add_row(f"{finding.score:.2f}", _side(finding.passage, check), Text(_clean(finding.why), style="italic"))
    return table


def _check(args: argparse.Namespace, out: Console, notes: Console) -> int:
    check = ConflictFinder(threshold=args.min_score).check(args.claim, _inputs(args.paths))
    if args.json:
        _export(check, "json", args.json, notes)
    if args.json != "-":
        for findings, title in ((check.contradicting, "against the claim"), (check.supporting, "for the claim")):
            if findings:
                out.print(_findings(check, findings[: args.limit], title))
            if len(findings) > args.limit:
                out.print(f"{len(findings) - args.limit} more {title}: --limit {len(findings)} or --json FILE shows them.")
        out.print(Text(check.summary()))
    for reason, count in check.dropped.items():
        notes.print(f"left out, {escape(reason)}: {count:,}", style="dim")
    return 0


def _claims(args: argparse.Namespace, out: Console, notes: Console) -> int:
    finder = ConflictFinder()
    claims = finder.claims(_inputs(args.paths))
    table = Table(expand=True, show_lines=True, header_style="bold")
    table.add_column("claim", ratio=5)
    table.add_column("holder", ratio=2)
    table.add_column("stance", ratio=2)
    table.add_column("when, how many", ratio=2)
    document = None
    for claim in claims:
        if claim.document_id != document:
            document = claim.document_id
            table.add_row(Text(_clean(document), style="bold"), "", "", "")
        stance = [claim.polarity.value, *([claim.mood.value] if claim.mood.value != "fact" else [])]
        stance += ["hedged"] if claim.certainty.value == "hedged" else []
        facts = [when(claim.time), *(_clean(f"{q.text} {q.noun}") for q in claim.quantities)]
        table.add_row(
            Text(_clean(claim.text)),
            Text(_clean(claim.holder or "–")),
            Text(", ".join(stance)),
            Text("\n".join(f for f in facts if f)),
        )
    out.print(table)
    out.print(f"{len(claims)} claims.")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line; returns its exit code."""
    parser = _parser()
    args = parser.parse_args(argv)
    targets = list(_targets(args).values())
    twice = [target for target in targets if targets.count(target) > 1]
    if twice:
        parser.error(f"two outputs cannot both go to {twice[0]}")
    if args.command == "find" and args.among_new and not args.against:
        parser.error("--among-new says what to do beside a reference: give one with --against PATH")
    # Loading bars and notices of the model libraries say nothing to a fact-checker.
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe of a narrow encoding shows "?" for what it cannot, and the rest.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    out = Console(width=None if sys.stdout.isatty() else 80)
    notes = Console(stderr=True, width=None if sys.stderr.isatty() else 80)

    def note(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
        if issubclass(category, ContradictWarning):
            notes.print(f"notice: {_clean(str(message))}", markup=False, highlight=False, soft_wrap=True)

    from contradict.errors import ModelError

    with warnings.catch_warnings():
        warnings.simplefilter("always", ContradictWarning)
        warnings.showwarning = note
        try:
            return {"find": _find, "check": _check, "claims": _claims}[args.command](args, out, notes)
        except ModelError as error:
            code, message = 3, str(error)
        except ContradictError as error:
            code, message = 1, str(error)
        except KeyboardInterrupt:
            code, message = 130, "interrupted"
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
    notes.print(f"contradict: {_clean(message)}", markup=False, highlight=False, soft_wrap=True)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
