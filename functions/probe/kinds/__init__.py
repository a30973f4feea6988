"""How checks are executed, one file for each kind: `functions.kinds` is their registry."""
