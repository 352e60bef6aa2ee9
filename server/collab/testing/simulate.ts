import { decision } from "@/contracts/live";
import type { VerdictStatus } from "@/contracts/verifications";
import type { Db } from "@/server/platform/db";
import { seededRandom } from "@/server/testing/seeded-random";
import type { Browser } from "./browser";
import type { LiveClient } from "./live-client";

/** Chance of a simulation: the same seed, the same draws. */
export type Dice = { random(): number; pick<T>(list: readonly T[]): T };

export function createDice(seed: number): Dice {
  const random = seededRandom(seed);
  return {
    random,
    pick(list) {
      const found = list[Math.floor(random() * list.length)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
  };
}

type ActOptions = {
  /** Where a label is, in a session of several rooms. */
  roomOf?(key: string): string | undefined;
  /** Whether the page knows what the job gave, and so whether it confirms. */
  blind?: boolean;
};

/** One thing that a person does: decide one label or several, clear, can't tell, undo, redo, look. */
export function act(
  browser: Browser,
  keys: readonly string[],
  { random, pick }: Dice,
  { roomOf = () => undefined, blind = false }: ActOptions = {},
): void {
  const { decide, undo, redo, lookAt } = browser.now();
  const say = (chosen: Iterable<string>, status: VerdictStatus | null | undefined, value: string[]) =>
    decide(
      [...chosen].map((annotationId) => ({
        annotationId,
        value,
        room: roomOf(annotationId),
        ...(status === undefined ? {} : { status }),
      })),
    );
  const dice = random();
  if (dice < 0.12) undo();
  else if (dice < 0.18) redo();
  else if (dice < 0.22) lookAt(pick(keys), "table");
  else if (dice < 0.26) say([pick(keys)], null, []);
  else if (dice < 0.3) say([pick(keys)], "UNSURE", []);
  else {
    const value = pick(["pos", "neg", "neu"]);
    const count = dice < 0.34 ? 8 : 1;
    const chosen = new Set(Array.from({ length: count }, () => pick(keys)));
    say(chosen, blind ? undefined : outcomeOf(value), [value]);
  }
}

/** What every job value in these worlds is. */
const JOB_VALUE = "pos";
const outcomeOf = (value: string | undefined): VerdictStatus =>
  value === JOB_VALUE ? "CONFIRMS" : "CORRECTS";

/** What every replica and every row must say in the end: key → who and what, where something stands. */
export type Picture = Record<string, unknown>;

/** Of a blind label a document leaves out whether the job was right. */
const said = (by: string, status: VerdictStatus | null | undefined, value: readonly string[]) =>
  status === null ? undefined : { by, status: status ?? outcomeOf(value[0]), value };

function pictureOf(keys: readonly string[], look: (key: string) => unknown): Picture {
  const entries = keys.map((key) => [key, look(key)] as const);
  return Object.fromEntries(entries.filter(([, found]) => found !== undefined));
}

export const pictureOfPage = (browser: Browser, keys: readonly string[]): Picture =>
  pictureOf(keys, (key) => {
    const verdict = browser.now().verdictOf(key);
    return verdict ? said(verdict.by, verdict.status, verdict.value) : undefined;
  });

export const pictureOfProgram = (program: Pick<LiveClient, "get">, keys: readonly string[]): Picture =>
  pictureOf(keys, (key) => {
    const found = decision.safeParse(program.get(key)).data;
    return found ? said(found.by, found.status, found.value) : undefined;
  });

/** @param verifierId whose verdicts, in an independent session; left out: those of a shared one */
export async function pictureOfRows(
  db: Db,
  sessionId: string,
  keys: readonly string[],
  verifierId?: string,
): Promise<Picture> {
  const current = await db.verification.findMany({
    where: { sessionId, current: true, inSharedSession: verifierId === undefined, verifierId },
  });
  const byKey = new Map(current.map((row) => [row.annotationId, row]));
  return pictureOf(keys, (key) => {
    const row = byKey.get(key);
    return row && said(row.verifierId, row.status, row.value);
  });
}
