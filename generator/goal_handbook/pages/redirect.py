"""Pages that send the reader on: permanent addresses of goals, and the old addresses of what was renamed."""

from __future__ import annotations

from html import escape

_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="robots" content="noindex"><link rel="canonical" href="{url}">'
    '<meta http-equiv="refresh" content="0; url={url}"></head>'
    '<body><p><a href="{url}">{title}</a></p></body></html>\n'
)


def redirect_page(url: str, title: str) -> str:
    """The HTML of a page that leads to `url`; `title` is what a chat shows of it."""
    return _PAGE.format(url=escape(url, quote=True), title=escape(title))
