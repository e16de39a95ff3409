"""The command line: arguments, printing, exit codes. Nothing else prints or exits."""
