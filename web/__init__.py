"""Pages and hooks over HTTP."""
