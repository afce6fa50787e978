"""Pages that send the reader on: permanent addresses of goals, and the old addresses of what was renamed."""

from __future__ import annotations

from html import escape

_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Moved</title>'
    '<meta name="robots" content="noindex"><link rel="canonical" href="{url}">'
    '<meta http-equiv="refresh" content="0; url={url}"></head>'
    '<body><p>This page is at <a href="{url}">{url}</a>.</p></body></html>\n'
)


def redirect_page(url: str) -> str:
    """The HTML of a page that leads to `url`, with and without scripts."""
    return _PAGE.format(url=escape(url, quote=True))
