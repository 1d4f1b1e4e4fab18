"""One folder a channel; wire words stop here."""
