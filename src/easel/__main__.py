"""The `easel` command, which is also `python -m easel`."""

import gc
import sys

# What is imported stays: looking through it for garbage again and again takes a tenth of the start.
# A server, once it has all, looks as often as usual (`cli/serve.py`).
gc.set_threshold(300_000)
try:
    from easel.cli import main
except KeyboardInterrupt:
    sys.exit(130)  # as later, without a traceback

if __name__ == "__main__":
    main()
