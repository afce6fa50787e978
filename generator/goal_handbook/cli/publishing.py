"""Who may see the site, and the files that publish it to them and nobody else."""

from __future__ import annotations

from .package_files import package_files

#: Who may see the site, by the value of --visible-to. The first is the default: it publishes nothing.
VISIBLE_TO = {
    "members": "whoever can read the repository: to download on GitHub, on Pages for members on GitLab",
    "company": "whoever signs in with a work address: Cloudflare Access",
    "network": "whoever reaches a server of yours: copied there by rsync",
    "everyone": "everyone on the internet: Pages of GitHub, even of a private repository",
}


def publishing_files(visible_to: str) -> dict[str, str]:
    """Return the files, by path, that publish a new handbook's site to these people: a key of VISIBLE_TO.

    They replace files of the starter, which publishes to members. GitLab's Pages ask who you are: on GitLab, only a
    server of yours needs another file.
    """
    if visible_to == "members":
        return {}
    return {path: data.decode() for path, data in package_files(f"publishing/{visible_to}")}
