import type { Answer } from "@/contracts/annotating";
import { keyOf, type Said, saidOf } from "./said";

/** What the server has of my answers, as far as this page was told. */
export type Standing = {
  said(key: string): Said | null;
  version(key: string): number;
  /** @param own when this page gave the answer, if it did */
  set(key: string, answer: Answer, own?: string): void;
  /** Takes over a list's answers where they are newer than what is known. */
  learn(records: readonly { id: string; answers: readonly Answer[] }[]): void;
};

export function createStanding(): Standing {
  const known = new Map<string, { version: number; said: Said }>();
  return {
    said: (key) => known.get(key)?.said ?? null,
    version: (key) => known.get(key)?.version ?? 0,
    set(key, answer, own) {
      const before = known.get(key);
      if (!before || answer.version >= before.version)
        known.set(key, { version: answer.version, said: saidOf(answer, own) });
    },
    learn(records) {
      for (const { id, answers } of records)
        for (const answer of answers) {
          const key = keyOf(id, answer.label);
          if (answer.version > (known.get(key)?.version ?? -1))
            known.set(key, { version: answer.version, said: saidOf(answer) });
        }
    },
  };
}
