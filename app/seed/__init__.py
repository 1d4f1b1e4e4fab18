"""A demonstration: weeks of reports and their handling, made up, through the real use cases on a clock of its own.

Who calls: `resi seed`. Who lives here: `stories` (what is told), `reporters` (who tells it), `staff` (who handles it),
`pictures` (of streets, broken and mended), `weeks` (the days as they pass).
"""

from app.seed.weeks import Wanted, fill

__all__ = ["Wanted", "fill"]
