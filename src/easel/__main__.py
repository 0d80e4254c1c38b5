"""The `easel` command, which is also `python -m easel`."""

import gc
import sys

gc.disable()  # what is imported stays: not looking through it for garbage saves a third of the start
try:
    from easel.cli import main
except KeyboardInterrupt:
    sys.exit(130)  # as later, without a traceback

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
