"""What became of it: tasks against a later crawl or export, two imports against each other.

Pure: analyses and tasks go in, tables and figures come out. `verify` ticks off, `compare` says
what changed, `realised` prices what was done, `alerts` says what should not wait.
"""
