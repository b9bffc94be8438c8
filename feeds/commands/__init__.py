"""One file a command: it parses and prints; the work is a plain function in `crawler` or `feeds`."""
