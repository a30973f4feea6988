"""Stand-ins for what the functions talk to; each passes the contract suite of the real one."""
