"""The `easel` command, which is also `python -m easel`."""

from easel.kit.startup import importing

with importing():
    from easel.cli import main

if __name__ == "__main__":
    main()
