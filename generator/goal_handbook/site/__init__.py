"""The whole site as plain data: which pages there are and how each is made, files for other programs, redirects."""

from .building import SiteSettings, assess_for_team, build_site, site_of

__all__ = ["SiteSettings", "assess_for_team", "build_site", "site_of"]
