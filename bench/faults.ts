import { runWithKills } from "@/server/modules/jobs/testing/kill-run";

/**
 * 5,000 records at a provider that does everything wrong, with three workers and the database killed by SIGKILL:
 * what the job reports, beside what the provider saw.
 */
const ITEMS = 5000;
const CONCURRENCY = 32;

const started = performance.now();
const found = await runWithKills({
  items: ITEMS,
  concurrency: CONCURRENCY,
  seed: 2026,
  timeoutMs: 2000,
  hurry: false,
});
const { counts } = found.job;
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `${ITEMS} records in ${seconds} s, three workers and the database killed: ${JSON.stringify(counts)}`,
);
console.log(`errors: ${JSON.stringify(found.job.errors.map(({ kind, count }) => ({ kind, count })))}`);
console.log(
  `calls: ${found.attempts} rows, ${found.callsAtDouble} at the provider; open at the kills of workers: ${found.openAtKills.join(", ")}`,
);
console.log(
  `uncertain ${counts.uncertain}, asked again ${found.askedAgain}, of them answered twice by the provider ${found.repeatedCompletions}`,
);
console.log(
  `spent ${found.spentMicroUsd} micro-dollars, accounted for by answers and uncertain calls ${found.accountedMicroUsd}`,
);
const broken = {
  "answers that changed after their commit": found.changedAnswers,
  "calls after an answer was committed": found.callsAfterAnswer,
  "answers or tokens that the provider did not send": found.foreignAnswers,
  "repeated completions without an uncertain call": found.unexplainedRepeats,
  "items not accounted for": ITEMS - counts.called - counts.callFailed,
  "micro-dollars not accounted for": Number(found.spentMicroUsd - found.accountedMicroUsd),
  "micro-dollars still reserved": Number(found.reservedMicroUsd),
};
for (const [what, count] of Object.entries(broken)) console.log(`${what}: ${count} (must be 0)`);
if (Object.values(broken).some((count) => count !== 0)) process.exitCode = 1;
