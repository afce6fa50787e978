"""What the workflows may do, and when: the specification of everything that runs on GitHub or GitLab."""

from __future__ import annotations

import re
import tomllib

import pytest

from .workflows import FILES, GITLAB_PUBLISH, PIPELINE, ROOT, STARTER, WORKFLOWS, Yaml, jobs, load, scripts, steps, uses

CHECKS = {"ours/check": "goals", "theirs/goals": "check"}
PAGES = ("ours/publish", "everyone/publish")
ELSEWHERE = ("company/publish", "network/publish")
PUBLISHING = (*PAGES, *ELSEWHERE, "theirs/publish")
PUSHED = ("ours/pushed", "theirs/pushed")
RELEASE = "ours/release"
MACHINES = "ours/machines"
NEWEST = "ours/newest"
CHECK_IN = "theirs/checkin"
MERGE_REQUEST = [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]


def test_these_are_all_the_workflows() -> None:
    assert sorted(WORKFLOWS) == sorted([*CHECKS, *PUBLISHING, *PUSHED, RELEASE, MACHINES, NEWEST, CHECK_IN])


# Who may do what


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_has_no_permissions_of_its_own(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {}


def test_only_the_comment_the_check_in_and_the_publishing_may_write() -> None:
    writes = {(name, scope) for name, job in jobs() for scope, level in job["permissions"].items() if level != "read"}
    assert writes == {
        ("ours/check/comment", "pull-requests"),
        ("theirs/goals/comment", "pull-requests"),
        ("theirs/checkin/propose", "contents"),
        ("theirs/checkin/propose", "pull-requests"),
        ("ours/publish/deploy", "pages"),
        ("ours/publish/deploy", "id-token"),
        ("ours/release/publish", "id-token"),
        ("ours/release/publish", "attestations"),
        ("ours/release/tag", "contents"),
        ("everyone/publish/deploy", "pages"),
        ("everyone/publish/deploy", "id-token"),
    }


@pytest.mark.parametrize("name", CHECKS)
def test_the_comment_job_may_do_nothing_else_and_runs_no_code_of_the_pull_request(name: str) -> None:
    job = WORKFLOWS[name]["jobs"]["comment"]
    assert job["permissions"] == {"pull-requests": "write"}
    assert [step.get("uses", "run").partition("@")[0] for step in job["steps"]] == ["actions/download-artifact", "run"]


@pytest.mark.parametrize("name", CHECKS)
def test_a_fork_s_pull_request_gets_its_summary_and_no_comment(name: str) -> None:
    needs = f"!cancelled() && needs.{CHECKS[name]}.outputs.comment"
    same = "github.event.pull_request.head.repo.full_name == github.repository"
    assert WORKFLOWS[name]["jobs"]["comment"]["if"] == f"{needs} && {same}"
    assert 'cat comment.md >> "$GITHUB_STEP_SUMMARY"' in scripts(WORKFLOWS[name]["jobs"][CHECKS[name]])


@pytest.mark.parametrize("name", PAGES)
def test_the_job_that_publishes_does_nothing_else(name: str) -> None:
    job = WORKFLOWS[name]["jobs"]["deploy"]
    assert [step["uses"].partition("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_job_that_publishes_elsewhere_runs_no_code_of_the_repository(name: str) -> None:
    job = WORKFLOWS[name]["jobs"]["deploy"]
    assert job["permissions"] == {}
    assert [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step] == ["actions/download-artifact"]


def test_a_release_is_started_and_approved_by_a_person_and_what_is_published_is_what_was_checked() -> None:
    assert list(WORKFLOWS[RELEASE]["on"]) == ["workflow_dispatch"]
    publish = WORKFLOWS[RELEASE]["jobs"]["publish"]
    assert (publish["needs"], publish["environment"]["name"]) == ("build", "pypi")
    downloads, others = ("actions/download-artifact",) * 2, ("actions/attest",) * 2
    used = [step.get("uses", "run").partition("@")[0] for step in publish["steps"]]
    assert used == [*downloads, *others, "pypa/gh-action-pypi-publish"]


def test_a_check_in_is_started_by_a_person_and_the_job_that_writes_runs_no_code_of_the_repository() -> None:
    used = [step.get("uses", "run").partition("@")[0] for step in WORKFLOWS[CHECK_IN]["jobs"]["propose"]["steps"]]
    assert used == ["actions/checkout", "actions/download-artifact", "run", "run"]
    assert list(WORKFLOWS[CHECK_IN]["on"]) == ["workflow_dispatch"]
    asked = WORKFLOWS[CHECK_IN]["on"]["workflow_dispatch"]["inputs"]
    assert {name: field.get("required", "false") for name, field in asked.items()} == {
        "goal": "true",
        "value": "true",
        "date": "false",
        "note": "false",
    }


def test_for_members_nothing_is_published() -> None:
    assert list(WORKFLOWS["theirs/publish"]["jobs"]) == ["build"]


def test_secrets_are_for_publishing_elsewhere_and_for_its_environment_alone() -> None:
    using = {name: job for name, job in jobs() if "secrets." in str(job)}
    assert sorted(using) == [f"{name}/deploy" for name in ELSEWHERE]
    assert {job["environment"] for job in using.values()} == {"site"}


def test_whoever_may_see_the_site_it_is_built_in_the_same_way() -> None:
    builds = [WORKFLOWS[name]["jobs"]["build"]["steps"] for name in PUBLISHING if name != "ours/publish"]
    own = ("configure-pages", "upload-", "Build the site")  # where it is going to be, and on which way
    same = [[step for step in steps if not any(word in str(step) for word in own)] for steps in builds]
    assert same == [same[0]] * len(same)


# When


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_code_of_a_stranger_runs_with_permissions(name: str) -> None:
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(WORKFLOWS[name]["on"])


@pytest.mark.parametrize("name", CHECKS)
def test_every_pull_request_is_checked(name: str) -> None:
    assert WORKFLOWS[name]["on"]["pull_request"] == ""  # no filter


@pytest.mark.parametrize("name", PUBLISHING)
def test_publishing_happens_on_main_every_night_and_by_hand_but_never_on_a_pull_request(name: str) -> None:
    on = WORKFLOWS[name]["on"]
    assert set(on) == {"push", "schedule", "workflow_dispatch"}
    assert on["push"] == {"branches": ["main"]}
    (nightly,) = on["schedule"]
    assert re.fullmatch(r"\d+ [0-5] \* \* \*", nightly["cron"])


@pytest.mark.parametrize("name", PUSHED)
def test_everything_that_arrives_on_main_is_checked_and_no_run_cancels_another(name: str) -> None:
    assert WORKFLOWS[name]["on"] == {"push": {"branches": ["main"]}}
    assert WORKFLOWS[name]["concurrency"] == {"group": "pushed-${{ github.sha }}", "cancel-in-progress": "false"}
    assert list(WORKFLOWS[name]["jobs"]) == ["pushed"]


@pytest.mark.parametrize("name", CHECKS)
def test_a_change_is_compared_with_a_commit_and_never_with_a_name(name: str) -> None:
    assert WORKFLOWS[name]["jobs"][CHECKS[name]]["env"] == {"BASE": "HEAD^1"}
    assert "origin/" not in FILES[name].read_text(encoding="utf-8")
    assert "origin/" not in str(PIPELINE)


@pytest.mark.parametrize("name", CHECKS)
def test_a_newer_push_cancels_the_older_check(name: str) -> None:
    concurrency = WORKFLOWS[name]["concurrency"]
    assert concurrency["group"].endswith("-${{ github.ref }}")
    assert concurrency["cancel-in-progress"] == "true"


@pytest.mark.parametrize("name", PUBLISHING)
def test_publishing_is_never_interrupted(name: str) -> None:
    group = "pages" if name in PAGES else "publish"
    assert WORKFLOWS[name]["concurrency"] == {"group": group, "cancel-in-progress": "false"}


def test_no_job_hangs_for_hours() -> None:
    assert [name for name, job in jobs() if int(job.get("timeout-minutes", 360)) > 30] == []


# What is run


@pytest.mark.parametrize(("name", "step"), [(name, step) for name, step in steps() if name.startswith("ours/")])
def test_all_that_is_installed_here_is_locked(name: str, step: Yaml) -> None:
    for line in re.findall(r"^.*pip.* install .*$", step.get("run", ""), re.MULTILINE):
        clean = "pip --python clean install " in line  # as a user has it, on that day
        assert clean or "--require-hashes" in line or "--no-deps --no-build-isolation ." in line


def test_every_python_is_tested_and_the_oldest_dependencies() -> None:
    job = WORKFLOWS[MACHINES]["jobs"]["tests"]
    (main,) = uses(WORKFLOWS["ours/check"]["jobs"]["tests"], "actions/setup-python")
    tested = {(one["what"], one["python"]) for one in job["strategy"]["matrix"]["include"]}
    pythons = {main["with"]["python-version"]} | {python for what, python in tested if what == "test"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {one.rpartition(" ")[2] for one in project["classifiers"] if one.startswith("Programming Language")}
    assert pythons == named
    assert ("test-lowest", min(named)) in tested


@pytest.mark.parametrize(("name", "job"), [pytest.param(*job, id=job[0]) for job in jobs()])
def test_goals_are_read_with_their_full_history_and_no_token_stays_behind(name: str, job: Yaml) -> None:
    commands = r"\b(goals (check|diff)|mkdocs build|bash \.ci/run|git apply)\b|run\.py (test|\"\$WHAT\")"
    full = {"fetch-depth": "0"} if re.search(commands, scripts(job)) else {}
    checkouts = [step["with"] for step in uses(job, "actions/checkout")]
    assert checkouts == [{**full, "persist-credentials": "false"}] * bool(full or checkouts)


def test_no_script_has_a_template_in_it() -> None:
    assert [name for name, step in steps() if "${{" in step.get("run", "")] == []


def test_every_action_is_pinned_to_a_commit_and_names_its_version() -> None:
    pins: dict[str, set[str]] = {}
    for path in FILES.values():
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                found = re.fullmatch(
                    r"\s+(?:- )?uses: (actions/[a-z-]+|pypa/gh-action-pypi-publish)[a-z/]*@([0-9a-f]{40} # v\d+\.\d+\.\d+)",
                    line,
                )
                assert found, line
                pins.setdefault(found[1], set()).add(found[2])
    assert {action: pin for action, pin in pins.items() if len(pin) > 1} == {}


def test_the_starter_checks_and_comments_as_we_do() -> None:
    ours, theirs = WORKFLOWS["ours/check"]["jobs"], WORKFLOWS["theirs/goals"]["jobs"]
    assert ours["comment"]["steps"] == theirs["comment"]["steps"]
    assert ours["goals"]["env"] == theirs["check"]["env"]
    assert WORKFLOWS["ours/pushed"]["jobs"]["pushed"]["env"] == WORKFLOWS["theirs/pushed"]["jobs"]["pushed"]["env"]
    others = ("actions/cache", "pip install")
    ours, theirs = (
        [step for step in job["steps"] if not any(o in str(step) for o in others)]
        for job in (ours["goals"], theirs["check"])
    )
    assert ours == theirs


# GitLab


@pytest.mark.parametrize("job", ["check", "preview"])
def test_gitlab_checks_a_merge_request_and_shows_the_result(job: str) -> None:
    assert PIPELINE[job]["rules"] == MERGE_REQUEST
    assert {"expose_as", "paths"} <= set(PIPELINE[job]["artifacts"])


def test_gitlab_shows_what_changes_even_if_the_check_fails() -> None:
    assert PIPELINE["check"]["artifacts"]["paths"] == ["changes.md"]
    assert PIPELINE["check"]["artifacts"]["when"] == "always"


def test_gitlab_shows_a_folder_only_with_a_slash_at_its_end() -> None:
    assert PIPELINE["preview"]["artifacts"]["paths"] == ["preview/"]


def test_gitlab_publishes_the_default_branch_and_nothing_else() -> None:
    assert PIPELINE["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert PIPELINE["pages"]["artifacts"] == {"paths": ["public"]}


def test_gitlab_publishes_the_default_branch_on_a_server_once_there_is_one() -> None:
    publish = load(GITLAB_PUBLISH["network"])["publish"]
    assert publish["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $SITE_SERVER"}]
    assert publish["cache"] == PIPELINE["pages"]["cache"]


def test_gitlab_fetches_the_full_history() -> None:
    assert PIPELINE["variables"]["GIT_DEPTH"] == "0"


def test_gitlab_keeps_the_cache_in_a_folder_that_it_can_cache() -> None:
    assert PIPELINE["variables"]["XDG_CACHE_HOME"] == "$CI_PROJECT_DIR/.cache"
    assert PIPELINE["default"]["cache"]["paths"] == [".cache/"]


def test_gitlab_checks_whatever_arrives_on_the_default_branch() -> None:
    (rule,) = PIPELINE["pushed"]["rules"]
    assert rule["if"].startswith('$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH')
    assert "interruptible" not in PIPELINE["pushed"]


def test_gitlab_writes_the_cache_on_the_default_branch_alone() -> None:
    assert PIPELINE["default"]["cache"]["policy"] == "pull"
    writes = [name for name, job in PIPELINE.items() if name != "default" and "cache" in job]
    assert writes == ["pages"]
    assert PIPELINE["pages"]["cache"] == {**PIPELINE["default"]["cache"], "policy": "pull-push"}


# Who has to approve


def test_what_decides_how_goals_are_judged_has_owners() -> None:
    lines = (STARTER / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = {line.split()[0] for line in lines if line and not line.startswith("#")}
    assert owned >= {
        "/.github/",
        "/CODEOWNERS",
        "/mkdocs.yml",
        "/requirements.txt",
        "/vendor/",
        "/goals/handbook.yaml",
        "/goals/signers",
    }
