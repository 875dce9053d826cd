"""Golden tests: what goes in and what comes out, as files."""
