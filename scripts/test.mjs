import { checks } from "./lib/checks.mjs";
import { install } from "./lib/install.mjs";
import { enterProject } from "./lib/project.mjs";
import { doSideBySide } from "./lib/side-by-side.mjs";
import { command, lastLines, Problem } from "./lib/steps.mjs";

// npm test: everything. npm test -- unit types: only the kinds named.
await command(async () => {
  enterProject();
  const chosen = choose(process.argv.slice(2));
  await install();
  const total = { passed: 0, failed: 0, skipped: 0 };
  await doSideBySide(chosen, async ({ name, needed, check }) => {
    const { passed, failed, skipped = 0 } = await attempt(name, check);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    return failed === 0 || !needed;
  });
  const { passed, failed, skipped } = total;
  process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
  process.exitCode = failed > 0 ? 1 : 0;
});

function choose(keys) {
  const unknown = keys.find((key) => !checks.some((check) => check.key === key));
  if (unknown) {
    throw new Problem(
      `There is no kind of test called ${unknown}: ${checks.map(({ key }) => key).join(", ")}.`,
    );
  }
  return keys.length === 0 ? checks : checks.filter(({ key }) => keys.includes(key));
}

/** Does one check, says how it went, and shows what to put right. */
async function attempt(name, check) {
  const started = performance.now();
  const outcome = await check().catch((error) => {
    if (!(error instanceof Problem)) throw error;
    return { passed: 0, failed: 1, said: `${error.output}\n${error.message}` };
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { passed, failed, said = "" } = outcome;
  const count = passed + failed > 1 ? `${passed} passed, ${failed} failed, ` : "";
  process.stdout.write(`${failed > 0 ? "✗" : "✓"} ${name} (${count}${seconds} s)\n`);
  if (failed > 0) process.stdout.write(`${lastLines(said, 200).trimStart()}\n`);
  return outcome;
}
