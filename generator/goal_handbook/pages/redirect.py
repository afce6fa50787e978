"""Redirect pages: for permanent addresses of goals, and for old addresses of whatever was renamed."""

from __future__ import annotations

from html import escape

_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="robots" content="noindex"><link rel="canonical" href="{url}">'
    '<meta http-equiv="refresh" content="0; url={url}"></head>'
    '<body><p><a href="{url}">{title}</a></p></body></html>\n'
)


def redirect_page(url: str, title: str, language: str = "en") -> str:
    """Return the HTML of a page that redirects to `url`; `title` is what a chat preview shows."""
    return _PAGE.format(url=escape(url, quote=True), title=escape(title), language=escape(language, quote=True))
