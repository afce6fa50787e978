"""Goal Handbook: goals of a sales organisation, written as YAML in git, published as a site."""

__version__ = "0.1.0"
