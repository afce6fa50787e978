"""What a handbook is: frozen values, one module per idea. Nothing here reads files or asks the clock."""
