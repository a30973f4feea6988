"""What a check does, one file for each kind: `functions.kinds` is their registry."""
