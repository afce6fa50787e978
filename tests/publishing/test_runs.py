"""The workflows, run as GitHub runs them: on a real handbook, with GitHub's own parser, bash and the real commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from .forge import MARKER, MOSES, Forge, Pipeline, Run
from .workflows import GITLAB_PUBLISH

CHECKS = {"ours/check": "goals", "theirs/goals": "check"}


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path)


def lower_silently(forge: Forge) -> None:
    forge.edit(MOSES, "target: 260_000", "target: 200_000")


# A pull request


def test_a_silent_change_is_red_with_a_comment(forge: Forge) -> None:
    lower_silently(forge)
    done, check = forge.pull_request("theirs/goals"), "check"
    assert done.results == {"check": "failure", "comment": "success"}, done.jobs[check].log
    assert (done.jobs[check].steps["Check the goals"], done.jobs[check].steps["Build the preview"]) == (
        "failure",
        "skipped",
    )
    (comment,) = forge.known("comments")
    assert comment["body"].startswith(f"{MARKER}\n## 1 error to fix first\n")
    assert "{field: target, was: 260_000, now: 200_000}" in comment["body"]
    assert "**1 silent change**" in comment["body"]
    assert done.summary == comment["body"]


def test_an_honest_change_is_green_with_a_preview(forge: Forge) -> None:
    forge.edit(MOSES, "name: Moses Frase", "name: Moses Frase-Brandt")
    done = forge.pull_request("theirs/goals")
    assert done.results == {"check": "success", "comment": "success"}, done.jobs["check"].log
    (comment,) = forge.known("comments")
    assert "[See the site as it would be](https://forge/artifacts/preview)" in comment["body"]
    assert "Moses Frase → Moses Frase-Brandt" in comment["body"]
    page = done.folder / "artifacts" / "preview" / "sellers" / "moses-frase.html"
    assert "Frase-Brandt" in page.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_red_with_a_comment_that_names_it(forge: Forge) -> None:
    forge.write(MOSES, "name: [Moses\n")
    done = forge.pull_request("theirs/goals")
    assert done.results == {"check": "failure", "comment": "success"}
    (comment,) = forge.known("comments")
    assert "**goals/sellers/moses-frase.yaml:" in comment["body"]


def test_a_tag_named_like_the_target_branch_changes_nothing(forge: Forge) -> None:
    lower_silently(forge)
    forge.branch()
    forge.git("tag", "origin/main", "work")
    forge.git("tag", "main", "work")
    forge.git("checkout", "--quiet", "heads/main")
    done = forge.run(
        "theirs/goals",
        "pull_request",
        "refs/pull/7/merge",
        {"pull_request": {"number": 7, "head": {"repo": {"full_name": "o/r"}}}},
    )
    assert done.results["check"] == "failure"


# The comment


#: What the comment is, and that the check fails: these tests are about whose comment it becomes.
GOALS = f"""#!/bin/sh
[ "$1" = diff ] && printf '{MARKER}\\nWhat changes.\\n'
"""


@pytest.fixture
def talking(tmp_path: Path) -> Forge:
    return Forge(tmp_path, {"goals": GOALS})


def by(login: str, body: str, id: int) -> dict[str, object]:
    return {"id": id, "user": {"login": login}, "body": body}


@pytest.mark.parametrize("workflow", CHECKS)
def test_the_first_run_that_fails_creates_a_comment(talking: Forge, workflow: str) -> None:
    done = talking.pull_request(workflow)
    assert (done.results[CHECKS[workflow]], done.results["comment"]) == ("failure", "success")
    assert [comment["body"] for comment in talking.known("comments")] == [f"{MARKER}\nWhat changes.\n"]


@pytest.mark.parametrize("more", [[], [by("github-actions[bot]", f"{MARKER}\nA second one.", 6)]], ids=["one", "two"])
def test_the_next_run_updates_the_comment_and_no_other(talking: Forge, more: list[dict[str, object]]) -> None:
    others = [by("ana", f"{MARKER}\nQuoted.", 3), by("github-actions[bot]", "Of another workflow.", 4), *more]
    talking.set(comments=[others[0], by("github-actions[bot]", f"{MARKER}\nOld.", 5), *others[1:]])
    talking.pull_request("theirs/goals")
    found = {comment["id"]: comment["body"] for comment in talking.known("comments")}
    assert found.pop(5) == f"{MARKER}\nWhat changes.\n"
    assert found == {other["id"]: other["body"] for other in others}


def test_no_second_comment_is_created_if_the_first_cannot_be_looked_up(talking: Forge) -> None:
    talking.set(down=True)
    assert talking.pull_request("theirs/goals").results["comment"] == "failure"
    assert talking.known("comments") == []


@pytest.mark.parametrize("workflow", CHECKS)
def test_a_fork_s_pull_request_gets_a_summary_and_no_comment(talking: Forge, workflow: str) -> None:
    done = talking.pull_request(workflow, fork=True)
    assert (done.results[CHECKS[workflow]], done.results["comment"]) == ("failure", "skipped")
    assert done.summary == f"{MARKER}\nWhat changes.\n"
    assert talking.known("asked") == []


# What has arrived on main

PUSHED = ("ours/pushed", "theirs/pushed")


@pytest.fixture
def arrived(forge: Forge) -> Forge:
    """Main, two commits after it began."""
    forge.edit(MOSES, "Large buyers have", "Our buyers have")
    forge.commit("A sentence", "2017-07-12")
    return forge


def steps(run: Run) -> tuple[str, str]:
    """Whether main continues, and whether its goals have changed honestly."""
    found = run.jobs["pushed"].steps
    return found["Check that main continues"], found["Check what has changed"]


@pytest.mark.parametrize("workflow", PUSHED)
def test_an_honest_push_passes(arrived: Forge, workflow: str) -> None:
    run = arrived.push(workflow, arrived.git("rev-parse", "HEAD~1"))
    assert steps(run) == ("success", "success"), run.jobs["pushed"].log


def test_the_first_push_has_nothing_to_compare_with(arrived: Forge) -> None:
    assert arrived.push("theirs/pushed", "0" * 40, created=True).results == {"pushed": "skipped"}


def test_a_silent_change_pushed_past_the_checks_fails(arrived: Forge) -> None:
    before = arrived.git("rev-parse", "HEAD")
    lower_silently(arrived)
    arrived.commit("Past the checks", "2017-07-13")
    arrived.edit(MOSES, "Our buyers have", "Our buyers all have")
    arrived.commit("And something on top", "2017-07-13")
    assert steps(arrived.push("theirs/pushed", before)) == ("success", "failure")


def test_a_merge_of_main_into_a_branch_that_becomes_main_fails(arrived: Forge) -> None:
    before = arrived.git("rev-parse", "HEAD")
    arrived.git("checkout", "--quiet", "-b", "fox", "HEAD~1")
    lower_silently(arrived)
    arrived.commit("Lowered", "2017-07-13")
    arrived.git("merge", "--quiet", "--no-ff", "--message", "Merge main", "main")
    arrived.git("checkout", "--quiet", "-B", "main", "fox")
    assert steps(arrived.push("theirs/pushed", before)) == ("failure", "failure")


def test_a_main_that_was_rewritten_fails(arrived: Forge) -> None:
    before = arrived.git("rev-parse", "HEAD")
    arrived.git("reset", "--quiet", "--hard", "HEAD~1")
    arrived.git("branch", "old", before)
    run = arrived.push("theirs/pushed", before)
    assert steps(run)[0] == "failure"
    assert "::error::main does not continue from" in run.jobs["pushed"].log


# Publishing


@pytest.fixture
def unbuilt(tmp_path: Path) -> Forge:
    """A forge where building a site takes no time; what publishes it notes how it was called."""
    mkdocs = (
        "#!/bin/sh\nfor folder in site preview public; do mkdir -p $folder && echo built > $folder/index.html; done\n"
    )
    note = '#!/bin/sh\nmkdir -p "$SERVERS" && printf \'%s\\n\' "$*" >> "$SERVERS/asked"\n'
    nothing = dict.fromkeys(("ssh-agent", "ssh-add", "apt-get"), "#!/bin/sh\ncat > /dev/null\n")
    curl = '#!/bin/sh\ncat "$(dirname "$0")/login"\n'
    return Forge(tmp_path, {"mkdocs": mkdocs, "npx": note, "curl": curl, "login": "", **nothing})


def test_for_everyone_main_is_published_on_pages(forge: Forge) -> None:
    run = forge.push("everyone/publish")
    assert run.results == {"build": "success", "deploy": "success"}, run.jobs["build"].log
    page = run.folder / "published" / "sellers" / "moses-frase" / "index.html"
    assert "Moses Frase" in page.read_text(encoding="utf-8")
    assert "https://o.pages/r/sellers/moses-frase/" in (run.folder / "published" / "sitemap.xml").read_text(
        encoding="utf-8"
    )


def test_for_members_main_is_built_to_download(unbuilt: Forge) -> None:
    run = unbuilt.push("theirs/publish")
    assert run.results == {"build": "success"}
    assert (run.folder / "artifacts" / "site" / "index.html").is_file()


CLOUDFLARE = {"CLOUDFLARE_PROJECT": "goals", "CLOUDFLARE_ACCOUNT_ID": "a", "SITE_URL": "https://goals.example.com/"}
SERVER = {"SITE_SERVER": "goals@intranet:/srv/goals", "SITE_KNOWN_HOSTS": "intranet ssh-ed25519 A"}


@pytest.mark.parametrize(
    ("login", "result"),
    [
        ("https://house.cloudflareaccess.com/cdn-cgi/access/login/goals.example.com", "success"),
        ("", "failure"),
        ("https://elsewhere.example.com/", "failure"),
    ],
    ids=["it asks who you are", "it is open", "it leads elsewhere"],
)
def test_for_the_company_main_is_published_where_a_site_asks_who_you_are(
    unbuilt: Forge, login: str, result: str
) -> None:
    (unbuilt.base / "bin" / "login").write_text(login, encoding="utf-8")
    run = unbuilt.push("company/publish", vars=CLOUDFLARE, secrets={"CLOUDFLARE_API_TOKEN": "t"})
    assert run.results == {"build": "success", "deploy": result}
    asked = unbuilt.servers / "asked"
    assert asked.exists() == (result == "success")
    assert not asked.exists() or " pages deploy site --project-name goals --branch main" in asked.read_text(
        encoding="utf-8"
    )
    assert ("anyone could read https://goals.example.com/" in run.jobs["deploy"].log) == (result == "failure")


def test_for_a_network_main_is_copied_to_its_server(unbuilt: Forge) -> None:
    run = unbuilt.push("network/publish", vars=SERVER, secrets={"SITE_SSH_KEY": "k"})
    assert run.results == {"build": "success", "deploy": "success"}, run.jobs["deploy"].log
    assert (unbuilt.servers / "intranet" / "srv" / "goals" / "index.html").is_file()
    assert (run.folder / "jobs" / "deploy" / "known_hosts").read_text(encoding="utf-8") == "intranet ssh-ed25519 A\n"


@pytest.mark.parametrize("workflow", ["company/publish", "network/publish"])
def test_before_the_setup_nothing_is_published_and_nothing_is_red(unbuilt: Forge, workflow: str) -> None:
    assert unbuilt.push(workflow).results == {"build": "success", "deploy": "skipped"}


@pytest.mark.parametrize("workflow", ["everyone/publish", "company/publish", "network/publish", "theirs/publish"])
def test_nothing_but_main_is_published(forge: Forge, workflow: str) -> None:
    forge.git("branch", "work")
    assert forge.run(workflow, "push", "refs/heads/work", {}).jobs == {}


def test_a_handbook_with_errors_publishes_nothing(forge: Forge) -> None:
    forge.write(MOSES, "name: [Moses\n")
    forge.commit("A typo", "2017-07-12")
    run = forge.push("everyone/publish")
    assert run.results == {"build": "failure", "deploy": "skipped"}
    assert not (run.folder / "published").exists()


# A release

#: A package that is built and installed in no time.
INSTALLED = """#!/bin/sh
mkdir -p clean/bin dist && touch dist/x.whl dist/x.tar.gz sbom.json
echo '#!/bin/sh' > clean/bin/goals && echo 'echo goals, version 1.2.0' >> clean/bin/goals
echo '#!/bin/sh' > clean/bin/mkdocs && chmod +x clean/bin/*
"""


@pytest.mark.parametrize(
    ("heading", "branch", "results"),
    [
        ("## 1.2.0 (2026-12-01)", "main", ("success", "success", "success")),
        ("## 1.2.0 (unreleased)", "main", ("failure", "skipped", "skipped")),
        ("## 1.2.0 (2026-12-01)", "work", ("skipped", "skipped", "skipped")),
    ],
    ids=["main is released and tagged", "without a day in the changelog it is not", "no other branch is"],
)
def test_a_release(tmp_path: Path, heading: str, branch: str, results: tuple[str, ...]) -> None:
    nothing = dict.fromkeys(("pyproject-build", "twine", "cyclonedx-py"), "#!/bin/sh\n")
    forge = Forge(tmp_path, {"python": INSTALLED, **nothing})
    (forge.folder / "CHANGELOG.md").write_text(f"# Changelog\n\n{heading}\n", encoding="utf-8")
    sha = forge.commit("Release 1.2.0", "2017-07-12")
    forge.git("branch", "work")
    run = forge.run("ours/release", "workflow_dispatch", f"refs/heads/{branch}", {})
    assert tuple(run.results.values()) == results, run.jobs["build"].log
    files = ["files/dist/x.tar.gz", "files/dist/x.whl", "files/sbom/sbom.json"]
    expected = ["v1.2.0", "--repo", "o/r", "--target", sha, "--title", "1.2.0", *files]
    assert forge.known("releases") == ([expected] if results[-1] == "success" else [])


# GitLab


def test_gitlab_s_pipeline_is_red_on_a_silent_change_and_says_what_changes(unbuilt: Forge) -> None:
    lower_silently(unbuilt)
    done = unbuilt.merge_request()
    assert done.results == {"check": "FAIL", "preview": "PASS"}, done.log
    text = (done.folder / "changes.md").read_text(encoding="utf-8")
    assert text.startswith(f"{MARKER}\n## 1 error to fix first\n")
    assert "{field: target, was: 260_000, now: 200_000}" in text


def test_gitlab_s_pipeline_is_green_on_an_honest_change_with_a_preview(forge: Forge) -> None:
    forge.edit(MOSES, "name: Moses Frase", "name: Moses Frase-Brandt")
    done = forge.merge_request()
    assert done.results == {"check": "PASS", "preview": "PASS"}, done.log
    assert "Frase-Brandt" in (done.folder / "preview" / "sellers" / "moses-frase.html").read_text(encoding="utf-8")


def arrived_on_gitlab(forge: Forge, before: str) -> Pipeline:
    return forge.pipeline("main", CI_PIPELINE_SOURCE="push", CI_COMMIT_BEFORE_SHA=before)


def test_gitlab_publishes_what_has_arrived_on_the_default_branch(unbuilt: Forge) -> None:
    before = unbuilt.git("rev-parse", "HEAD")
    unbuilt.edit(MOSES, "Large buyers have", "Our buyers have")
    unbuilt.commit("A sentence", "2017-07-12")
    done = arrived_on_gitlab(unbuilt, before)
    assert done.results == {"pushed": "PASS", "pages": "PASS"}, done.log
    assert (done.folder / "public" / "index.html").is_file()


@pytest.mark.parametrize("rewritten", [False, True], ids=["a silent change", "a branch that was rewritten"])
def test_gitlab_fails_on_what_should_not_have_arrived_and_publishes_all_the_same(
    unbuilt: Forge, rewritten: bool
) -> None:
    before = unbuilt.git("rev-parse", "HEAD")
    if rewritten:
        unbuilt.edit(MOSES, "Large buyers have", "Our buyers have")
        before = unbuilt.commit("A sentence", "2017-07-12")
        unbuilt.git("branch", "old")
        unbuilt.git("reset", "--quiet", "--hard", "HEAD~1")
    else:
        lower_silently(unbuilt)
        unbuilt.commit("Past the checks", "2017-07-13")
    done = arrived_on_gitlab(unbuilt, before)
    assert done.results == {"pushed": "FAIL", "pages": "PASS"}, done.log


@pytest.fixture
def copied(tmp_path: Path) -> Forge:
    """A forge where nothing is checked, and building a site takes no time."""
    return Forge(
        tmp_path,
        {
            "goals": "#!/bin/sh\n",
            "mkdocs": "#!/bin/sh\nmkdir site && touch site/index.html\n",
            "apt-get": "#!/bin/sh\n",
        },
    )


@pytest.mark.parametrize("server", ["", "goals@intranet:/srv/goals"], ids=["before the setup", "after it"])
def test_gitlab_copies_the_default_branch_to_a_server(copied: Forge, server: str) -> None:
    (copied.folder / ".gitlab" / "publish.yml").write_bytes(GITLAB_PUBLISH["network"].read_bytes())
    before = copied.git("rev-parse", "HEAD")
    copied.commit("For the network", "2017-07-12")
    key = copied.base / "key"
    key.touch()
    done = copied.pipeline(
        "main", CI_PIPELINE_SOURCE="push", CI_COMMIT_BEFORE_SHA=before, SITE_SERVER=server, SITE_SSH_KEY=str(key)
    )
    assert done.results == {"pushed": "PASS", **({"publish": "PASS"} if server else {})}, done.log
    assert (copied.servers / "intranet" / "srv" / "goals" / "index.html").is_file() == bool(server)


# A check-in by the form

GOAL = "moses-frase/new-business"


def changed(forge: Forge) -> str:
    """What the branch of the first run has more than main."""
    return forge.git("diff", "--unified=0", "main", "checkin-1", "--", "goals").rpartition("@@")[2]


def test_a_check_in_becomes_a_branch_and_a_pull_request(forge: Forge) -> None:
    note = 'Two "small" ones; $(closed) & `legal`'
    done = forge.dispatch("theirs/checkin", goal=GOAL, value="148200", date="2017-07-28", note=note)
    assert done.results == {"checkin": "success", "propose": "success"}, done.jobs["propose"].log
    assert f"{{on: 2017-07-28, value: 148_200, note: {note}}}" in changed(forge)
    assert forge.git("log", "--format=%an %s", "main..checkin-1") == f"ana Check in {GOAL}"
    ((base, main, head, branch, *_),) = forge.known("pulls")
    assert (base, main, head, branch) == ("--base", "main", "--head", "checkin-1")


def test_without_a_day_and_a_note_it_is_a_reading_of_today(forge: Forge) -> None:
    done = forge.dispatch("theirs/checkin", goal=GOAL, value="148200", date="", note="")
    assert done.results == {"checkin": "success", "propose": "success"}, done.jobs["propose"].log
    assert "{on: 2017-07-31, value: 148_200}" in changed(forge)


@pytest.mark.parametrize(
    "typed",
    [
        {"value": "a lot"},
        {"value": "--help"},
        {"goal": "moses-frase/no-such-goal"},
        {"goal": "--dir=/"},
        {"date": "2017-02-30"},
    ],
    ids=str,
)
def test_what_is_wrong_is_not_proposed(forge: Forge, typed: dict[str, str]) -> None:
    done = forge.dispatch("theirs/checkin", **({"goal": GOAL, "value": "148200", "date": "", "note": ""} | typed))
    assert done.results == {"checkin": "failure", "propose": "skipped"}, done.jobs["checkin"].log
    assert (forge.known("pulls"), forge.git("branch", "--list", "checkin-*")) == ([], "")
