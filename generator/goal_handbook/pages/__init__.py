"""Views to HTML: addresses, templates, prose, charts. All HTML comes from here; nothing here knows an engine."""
