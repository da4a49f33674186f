"""`python -m tests.quality.incidents`: the incident cases alone."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tests.quality.incidents.table import show_all


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table. Returns 1 when something fell below its ratchet."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.incidents", description=__doc__)
    parser.add_argument("--cases", action="store_true", help="list what is wrong in every failing case")
    return 1 if show_all(cases=parser.parse_args(argv).cases) else 0


if __name__ == "__main__":
    raise SystemExit(main())
