"""Draw the forms of forges that the manual's page on publishing goes through: `python docs/.pictures/forms.py`.

They are schematic. The real pages need an account, have more on them, and change; what to look for is its names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "assets" / "publishing"
#: The width of a drawing, the height of a field and of what is above the first, and the width of its name.
WIDTH, ROW, TOP, LABEL = 640, 44, 58, 275
STYLE = (
    "text{font:15px system-ui,sans-serif;fill:#1f2328}.soft{fill:#59636e}.number{fill:#fff;font-weight:600}"
    ".page{fill:#fff;stroke:#d1d9e0}.bar{fill:#f0f2f5}.box{fill:#fff;stroke:#818b98}.dot{fill:#4051b5}"
    ".tick{fill:none;stroke:#4051b5;stroke-width:2.5}"
)


@dataclass(frozen=True)
class Form:
    """A page of a forge: the way to it, and what to fill in, each a name and a value; `True` is a tick."""

    name: str
    way: tuple[str, ...]
    fields: tuple[tuple[str, str | bool], ...]


FORMS = (
    Form(
        "github-rules",
        ("Settings", "Rules", "Rulesets", "New branch ruleset"),
        (
            ("Ruleset name", "main"),
            ("Enforcement status", "Active"),
            ("Target branches", "Include default branch"),
            ("Require a pull request", True),
            ("Require review from Code Owners", True),
            ("Require status checks to pass", "check"),
            ("Block force pushes", True),
        ),
    ),
    Form("github-pages", ("Settings", "Pages"), (("Source", "GitHub Actions"),)),
    Form(
        "github-variables",
        ("Settings", "Secrets and variables", "Actions", "Variables"),
        (
            ("CLOUDFLARE_ACCOUNT_ID", "0123456789abcdef…"),
            ("CLOUDFLARE_PROJECT", "our-goals"),
            ("SITE_URL", "https://our-goals.pages.dev/"),
        ),
    ),
    Form(
        "github-environment",
        ("Settings", "Environments", "New environment"),
        (
            ("Name", "site"),
            ("Deployment branches", "Selected branches: main"),
            ("CLOUDFLARE_API_TOKEN", "•••••••• (secret)"),
        ),
    ),
    Form(
        "cloudflare-access",
        ("Zero Trust", "Access", "Applications", "Self-hosted"),
        (
            ("Public hostname", "our-goals.pages.dev"),
            ("Public hostname", "*.our-goals.pages.dev"),
            ("Policy: action", "Allow"),
            ("Policy: emails ending in", "@our-company.com"),
        ),
    ),
    Form(
        "gitlab-pages",
        ("Settings", "General", "Visibility, project features, permissions"),
        (("Project visibility", "Private"), ("Pages", "Only project members")),
    ),
    Form(
        "gitlab-schedule",
        ("Build", "Pipeline schedules", "New schedule"),
        (
            ("Description", "Every night"),
            ("Interval pattern", "23 4 * * *"),
            ("Target branch", "main"),
            ("Activated", True),
        ),
    ),
)


def draw(form: Form) -> str:
    """Return a form as SVG, on white in light and dark, with its fields numbered."""
    height = TOP + ROW * len(form.fields) + 10
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            f"<style>{STYLE}</style>",
            f'<rect class="page" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>',
            f'<path class="bar" d="M1 44V7a6 6 0 0 1 6-6h{WIDTH - 14}a6 6 0 0 1 6 6v37z"/>',
            f'<text x="16" y="28">{escape(" › ".join(form.way))}</text>',
            *(part for i, (name, value) in enumerate(form.fields) for part in _field(i, name, value)),
            "</svg>\n",
        ]
    )


def _field(i: int, name: str, value: str | bool) -> Iterator[str]:
    """The number of a field, its name, and its value in a box, or a box with a tick."""
    y = TOP + ROW * i
    yield f'<circle class="dot" cx="27" cy="{y + 17}" r="11"/>'
    yield f'<text class="number" x="27" y="{y + 22}" text-anchor="middle">{i + 1}</text>'
    yield f'<text class="soft" x="48" y="{y + 22}">{escape(name)}</text>'
    if value is True:
        yield f'<rect class="box" x="{LABEL + 48}" y="{y + 7}" width="20" height="20" rx="3"/>'
        yield f'<path class="tick" d="M{LABEL + 52} {y + 17}l5 5 8-10"/>'
    else:
        yield f'<rect class="box" x="{LABEL + 48}" y="{y + 1}" width="{WIDTH - LABEL - 66}" height="32" rx="4"/>'
        yield f'<text x="{LABEL + 60}" y="{y + 22}">{escape(str(value))}</text>'


def main() -> None:
    """Draw every form again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        (FOLDER / f"{form.name}.svg").write_text(draw(form), encoding="utf-8")


if __name__ == "__main__":
    main()
