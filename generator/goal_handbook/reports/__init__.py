"""What goes to a terminal, to Markdown, to Slack or to a program as JSON."""
