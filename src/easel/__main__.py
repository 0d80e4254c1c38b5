"""`python -m easel` is `easel`."""

from easel.cli import main

main()
