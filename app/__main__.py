"""`python -m app` is the command `resi`."""

from app.cli import main

main()
