/**
 * What a check found. `said` is for whoever has to put it right.
 * @typedef {{ passed: number, failed: number, skipped?: number, said?: string }} Outcome
 */

/** A check that either holds or does not. @returns {Outcome} */
export function verdict(holds, said = "") {
  return { passed: holds ? 1 : 0, failed: holds ? 0 : 1, said: holds ? "" : said };
}

/**
 * Counts a report of Vitest's reporter `json`. A file that could not be loaded holds no test that failed, and
 * counts as one.
 * @param {object | undefined} report
 * @returns {Outcome}
 */
export function countVitest(report, { ok, said }) {
  if (!report) return verdict(false, said);
  const broken = report.testResults.filter((file) => file.status === "failed" && !hasFailedTest(file)).length;
  return withExit({
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
    ok,
    said,
  });
}

const hasFailedTest = (file) => file.assertionResults.some(({ status }) => status === "failed");

/**
 * Counts a report of Playwright's reporter `json`.
 * @param {object | undefined} report
 * @returns {Outcome}
 */
export function countPlaywright(report, { ok, said }) {
  if (!report) return verdict(false, said);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return withExit({ passed: expected, failed: unexpected + flaky, skipped, ok, said });
}

/** No test at all, or an end in failure without a failed test, is a failure too. */
function withExit({ passed, failed, skipped, ok, said }) {
  const sound = failed > 0 || (ok && passed > 0);
  return { passed, failed: sound ? failed : 1, skipped, said: failed > 0 || !sound ? said : "" };
}
