"""The only place that knows every other room: settings, wiring, loops, the command line."""

import os

# Messages are small tables: sharing their products among threads costs fourteen times what one thread takes. numpy asks
# for this when it is loaded, so it is said before anything else is.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Nothing here extends pydantic, and looking for what could reads the entry points of every installed package.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
