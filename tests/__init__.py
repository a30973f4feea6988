"""The tests: folders mirror the source; `fakes` and `targets` are shared."""
