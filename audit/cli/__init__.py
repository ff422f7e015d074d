"""The command line: click commands over core and reports."""
