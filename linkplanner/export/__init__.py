"""What linkplanner hands over: CSV, workbooks, the client's report, graph files."""
