"""What a file may cost at most, in one place, so that every format refuses at the same line."""

MOST_BYTES = 20 * 1024 * 1024  # of a file that comes in
MOST_CLEAN_BYTES = 64 * 1024 * 1024  # of what we make of it: a palette picture grows when it is drawn in full colour
MOST_PIXELS = 60_000_000
MOST_SCANS = 64  # of a progressive JPEG; each is one more pass over all pixels
MOST_CHUNKS = 1_000  # JPEG segments, PNG chunks
MOST_PIXEL_CHUNKS = 20_000  # PNG IDAT, of which honest writers make one every 8 KB
MOST_PROFILE_BYTES = 4 * 1024 * 1024  # of an inflated colour profile
