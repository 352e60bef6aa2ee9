import { expect, it } from "vitest";
import { runWithKills } from "../testing/kill-run";
import { createCallSlots } from "./call-slots";

const ITEMS = 600;

it("ends with every item accounted for though three workers and the database are killed", async () => {
  const options = { items: ITEMS, concurrency: 16, seed: 11, timeoutMs: 1500, hurry: true };
  const found = await runWithKills(options);
  const { counts, status, tokens } = found.job;
  expect(status).toBe("succeeded");
  expect(counts).toMatchObject({ total: ITEMS, prompted: ITEMS, promptInvalid: 0 });
  expect(counts.called + counts.callFailed).toBe(ITEMS);
  expect(counts.parsed + counts.invalid).toBe(counts.called);
  expect(tokens.estimated).toBe(true);
  // What was committed is never asked for again.
  expect(found).toMatchObject({
    changedAnswers: 0,
    callsAfterAnswer: 0,
    foreignAnswers: 0,
    unexplainedRepeats: 0,
  });
  expect(found.openAtKills).toHaveLength(3);
  const mostOpen = options.concurrency + createCallSlots(options.concurrency).mostAhead;
  for (const open of found.openAtKills) expect(open).toBeLessThanOrEqual(mostOpen);
  expect(counts.uncertain).toBe(found.uncertainAttempts);
  expect(found.askedAgain).toBe(found.uncertainAttempts);
  expect(found.repeatedCompletions).toBeLessThanOrEqual(counts.uncertain + found.lateAttempts);
  expect(counts.uncertain).toBeLessThanOrEqual(4 * mostOpen);
  // Every call has a row; a row without a call is one whose worker died in between, or that was given up on its way.
  expect(found.attempts - found.callsAtDouble).toBeGreaterThanOrEqual(0);
  expect(found.attempts - found.callsAtDouble).toBeLessThanOrEqual(counts.uncertain + found.lateAttempts);
  expect(found.spentMicroUsd).toBe(found.accountedMicroUsd);
  expect(found.reservedMicroUsd).toBe(0n);
}, 300_000);
