// Runs a workflow as GitHub does, with GitHub's own parser and expressions: node runner.mjs MODULES < request > report
//
// The request has the `workflow` (a file), the `event` (its name), `github` (that context), `vars`, `secrets`, `inputs`, the `remote` (a
// repository to check out), a `folder` to work in, and the `env` of its scripts. Scripts run in bash; actions have
// stand-ins here, which do what the workflows rely on. The report has the result, outputs, steps and output of each job.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { register } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

// The parser imports its schema as bundlers let it: without saying that it is JSON.
const hook = `
  import { readFileSync } from "node:fs";
  export const load = (url, context, next) => url.endsWith(".json")
    ? { format: "module", source: "export default " + readFileSync(new URL(url), "utf8"), shortCircuit: true }
    : next(url, context);
`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const modules = process.argv[2];
const load = (name) => import(pathToFileURL(join(modules, "@actions", name, "dist", "index.js")).href);
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await load("workflow-parser");
const { Lexer, Parser, Evaluator, data } = await load("expressions");
const request = JSON.parse(readFileSync(0, "utf8"));

// Expressions

/** The text of a token of the workflow, with its expressions evaluated. */
const text = (token, contexts, status) =>
  token?.expression === undefined ? (token?.toString() ?? "") : evaluate(token.expression, contexts, status).coerceString();

/** The values of a mapping of the workflow as text. */
const texts = (mapping, contexts) =>
  Object.fromEntries([...(mapping ?? [])].map((pair) => [pair.key.toString(), text(pair.value, contexts)]));

function evaluate(expression, contexts, status = "success") {
  const answer = (name, value) => ({ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) });
  const functions = [
    answer("always", true), answer("cancelled", false),
    answer("success", status === "success"), answer("failure", status === "failure"),
  ];
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const known = JSON.parse(JSON.stringify(contexts), data.reviver);
  return new Evaluator(tree, known, new Map(functions.map((f) => [f.name, f]))).evaluate();
}

function isTrue(condition, contexts, status) {
  const found = evaluate(condition.expression, contexts, status).coerceString();
  return !["", "0", "false"].includes(found);
}

// The workflow

async function template(file) {
  const { context, value } = parseWorkflow({ name: file, content: readFileSync(file, "utf8") }, new NoOperationTraceWriter());
  const found = await convertWorkflowTemplate(context, value);
  if (found.errors) throw new Error(found.errors.map((e) => e.Message).join("\n"));
  return { ...found, source: value };
}

/** Whether the event starts the workflow: it names it, and the branch where it filters by branches. */
function starts(events) {
  const filter = events[request.event];
  return filter !== undefined && (!filter.branches || filter.branches.includes(request.github.ref.replace("refs/heads/", "")));
}

function runWorkflow({ events, jobs, source }) {
  const done = {};
  if (!starts(events)) return done;
  while (Object.keys(done).length < jobs.length) {
    const job = jobs.find((j) => !(j.id in done) && (j.needs ?? []).every((need) => need.value in done));
    const needs = Object.fromEntries((job.needs ?? []).map((need) => [need.value, done[need.value]]));
    const before = Object.values(needs).every((need) => need.result === "success") ? "success" : "failure";
    const contexts = { github: request.github, vars: request.vars ?? {}, inputs: request.inputs ?? {}, needs };
    done[job.id] = isTrue(job.if, contexts, before)
      ? runJob(job, source.find("jobs").find(job.id.toString()), contexts)
      : { result: "skipped", outputs: {}, steps: [], log: "" };
  }
  return done;
}

function runJob(job, source, known) {
  const workspace = join(request.folder, "jobs", job.id.toString());
  mkdirSync(workspace, { recursive: true });
  const contexts = { ...known, secrets: request.secrets ?? {}, env: texts(job.env, known), steps: {}, runner: { os: "Linux" } };
  const report = { result: "success", outputs: {}, steps: [], log: "" };
  job.steps.forEach((step, i) => {
    const name = step.name?.toString() ?? (step.uses ?? step.run).toString().split("@")[0];
    const runs = isTrue(step.if, contexts, report.result);
    const its = { ...contexts, env: { ...contexts.env, ...(runs ? texts(step.env, contexts) : {}) } };
    const found = !runs
      ? { outcome: "skipped", outputs: {}, log: "" }
      : step.uses
        ? act(step.uses.value, texts(source.find("steps").get(i).find("with"), its), workspace)
        : script(text(step.run, its), its.env, workspace, contexts);
    if (found.outcome === "failure") report.result = "failure";
    contexts.steps[step.id] = { outcome: found.outcome, conclusion: found.outcome, outputs: found.outputs };
    report.steps.push([name, found.outcome]);
    report.log += found.log;
  });
  report.outputs = texts(job.outputs, contexts);
  return report;
}

/** Run a script as the runner does without `shell:`, and take the outputs and variables that it writes. */
function script(run, env, workspace, contexts) {
  const files = Object.fromEntries(
    ["OUTPUT", "ENV", "STEP_SUMMARY"].map((what) => [`GITHUB_${what}`, join(request.folder, what.toLowerCase())]),
  );
  writeFileSync(files.GITHUB_OUTPUT, "");
  writeFileSync(files.GITHUB_ENV, "");
  const { repository, sha, ref, run_id, server_url, actor } = request.github;
  const about = { GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, GITHUB_REF: ref, GITHUB_RUN_ID: run_id, GITHUB_SERVER_URL: server_url, GITHUB_ACTOR: actor };
  const done = spawnSync("bash", ["-e", "-c", run], {
    cwd: workspace, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: { ...request.env, CI: "true", ...about, ...files, ...env },
  });
  const outputs = assignments(files.GITHUB_OUTPUT);
  Object.assign(contexts.env, assignments(files.GITHUB_ENV));
  return { outcome: done.status === 0 ? "success" : "failure", outputs, log: done.stdout + done.stderr };
}

const assignments = (file) =>
  Object.fromEntries(readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => line.split(/=(.*)/s).slice(0, 2)));

// Stand-ins for actions

function act(uses, inputs, workspace) {
  const action = ACTIONS[uses.split("@")[0]];
  if (!action) throw new Error(`no stand-in for ${uses}`);
  const outputs = action(inputs, workspace);
  return { outcome: outputs ? "success" : "failure", outputs: outputs ?? {}, log: "" };
}

const artifact = (name) => join(request.folder, "artifacts", name);
const git = (...command) => spawnSync("git", command, { env: request.env, encoding: "utf8" }).status === 0;

const ACTIONS = {
  "actions/checkout"(inputs, workspace) {
    const depth = inputs["fetch-depth"] ?? "1";
    const whole = depth === "0" ? [] : ["--depth", depth];
    const from = pathToFileURL(request.remote).href;
    const done = git("init", "--quiet", workspace) && git("-C", workspace, "remote", "add", "origin", from)
      && git("-C", workspace, "fetch", "--quiet", ...whole, "origin", "+refs/heads/*:refs/remotes/origin/*", `+${request.github.sha}:refs/remotes/pull/merge`)
      && git("-C", workspace, "checkout", "--quiet", "--detach", request.github.sha);
    return done ? {} : undefined;
  },
  "actions/setup-python": () => ({}),
  "actions/cache": () => ({}),
  "actions/cache/restore": () => ({}),
  "actions/upload-artifact"({ name, path }, workspace) {
    const file = join(workspace, path);
    if (!existsSync(file)) return {}; // it warns, and there is no artifact
    mkdirSync(artifact(name), { recursive: true });
    cpSync(file, statSync(file).isDirectory() ? artifact(name) : join(artifact(name), basename(path)), { recursive: true });
    return { "artifact-id": "1", "artifact-url": `${request.github.server_url}/artifacts/${name}` };
  },
  "actions/download-artifact"({ name, path }, workspace) { // without a name all of them, each in a folder of its own
    const from = name ? artifact(name) : join(request.folder, "artifacts");
    if (!existsSync(from)) return undefined;
    cpSync(from, join(workspace, path ?? "."), { recursive: true });
    return {};
  },
  "actions/configure-pages": () => ({ base_url: "https://o.pages/r" }),
  "actions/upload-pages-artifact": ({ path }, workspace) => ACTIONS["actions/upload-artifact"]({ name: "github-pages", path }, workspace),
  "actions/deploy-pages"() {
    if (!existsSync(artifact("github-pages"))) return undefined;
    cpSync(artifact("github-pages"), join(request.folder, "published"), { recursive: true });
    return { page_url: "https://o.pages/r/" };
  },
  "actions/attest": () => ({}),
  "pypa/gh-action-pypi-publish": () => ({}),
};

mkdirSync(request.folder, { recursive: true });
console.log(JSON.stringify(runWorkflow(await template(request.workflow))));
