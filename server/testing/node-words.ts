import path from "node:path";

/**
 * The words that make Node run a script of the server: what the test run has made of it, elsewhere (in a benchmark) the
 * source.
 * @param script as in `server/testing/worker-process.ts`
 */
export function nodeWords(script: string): string[] {
  const made = process.env.TANDEM_TEST_SCRIPTS;
  if (made === undefined) return ["--import", "tsx", path.resolve(script)];
  return [path.join(made, script.replace(/\.ts$/, ".js"))];
}
