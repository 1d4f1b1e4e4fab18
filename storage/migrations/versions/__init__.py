"""One module a migration; they only add, so that the version before keeps working beside the new one."""
