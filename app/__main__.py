"""`python -m app` is the command `resi`."""

from app.start import main

main()
