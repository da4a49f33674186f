"""The extractor as a process of its own, on topics of its own: serve.py ARTICLES EVENTS GROUP."""

import sys

if __name__ == "__main__":
    # Not at the top: each worker imports its parent's main module, and needs none of this.
    from services.common.settings import load_settings
    from services.extractor.limits import Route, load_limits
    from services.extractor.service import run

    sys.exit(run(load_settings(), load_limits(), Route(*sys.argv[1:])))
