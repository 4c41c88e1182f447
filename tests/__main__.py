"""Everything that a change must pass: `python -m tests`. Arguments go to pytest."""

import subprocess
import sys


def main() -> int:
    python = [sys.executable, "-m"]
    steps = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["pytest", *sys.argv[1:]]]
    failed = [step[0] for step in steps if subprocess.run([*python, *step], check=False).returncode]
    sys.stdout.write(f"failed: {', '.join(failed)}\n" if failed else "all checks passed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
