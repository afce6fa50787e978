"""What a handbook is: frozen values, one module an idea. Nothing here reads files or asks the clock."""
