"""Views to HTML: addresses, templates, prose, charts. HTML comes only from here; no engine is known here."""
