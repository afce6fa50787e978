"""The whole site as plain data: which pages there are and how each is made, files for other programs, redirects."""

from .building import Shown, SiteSettings, assess_for_team, build_site, show, site_of

__all__ = ["Shown", "SiteSettings", "assess_for_team", "build_site", "show", "site_of"]
