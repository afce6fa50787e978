"""People's prose (CommonMark) to safe HTML: raw HTML is shown as text, and links lead only to the web or to mail.

python-markdown never sees it, because it lets `javascript:` links and attributes through. markdown-it with HTML
turned off escapes them, and nh3's allow-list is the second line of defence.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from .output import Html

_TAGS = {
    "p",
    "em",
    "strong",
    "s",
    "a",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
    "blockquote",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
_LINK = re.compile(r"(?:https?://[^/]|mailto:)", re.IGNORECASE)


def _only_web_and_mail(url: str) -> bool:
    return bool(_LINK.match(url))


_markdown = MarkdownIt("js-default").disable(["heading", "lheading", "hr", "image", "html_block", "html_inline"])
_markdown.validateLink = _only_web_and_mail  # type: ignore[method-assign]
_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)


#: A line in which nothing is marked up, and nothing has to be escaped: most of what people write.
_PLAIN = re.compile(r"""[^\W\d_](?:[^\W_]|[ ,.;:?!'"()%/+$€–-])*(?<! )""")


@lru_cache(maxsize=16_384)
def render_prose(text: str) -> Markup:
    """Return CommonMark as HTML blocks. Headings, rules and images stay text, so that prose cannot pose as the page."""
    return Html(f"<p>{text}</p>\n" if _PLAIN.fullmatch(text) else _cleaner.clean(_markdown.render(text)))


@lru_cache(maxsize=16_384)
def render_line(text: str) -> Markup:
    """Return CommonMark as inline HTML, for a list item or a table cell."""
    return Html(text if _PLAIN.fullmatch(text) else _cleaner.clean(_markdown.renderInline(text)))
