"""The `easel` command, which is also `python -m easel`."""

import gc

gc.disable()  # what is imported stays: not looking through it for garbage saves a third of the start
from easel.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
