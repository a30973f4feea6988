"""pulseboard.yaml: read, validated with everything that is wrong at once, and compiled to what the functions read.

Used at synth (`infra`) and by the command line (`cli`); never at run time.
"""
