import type { Work } from "@/contracts/annotating";
import type { Words } from "./said";
import type { TouchedAnswers } from "./types";

/** How far the work was by the server's count, and what this page has changed since that count. */
export type Figures = {
  /** null: what came with the page holds still. */
  progress(): Work["progress"] | null;
  touched(): TouchedAnswers;
  /** This page changes an answer. @param before what stood */
  touch(key: string, before: Words | null): void;
  /** What a closed page left behind will be sent by this one, which can't tell what it changes in the count. */
  outdate(): void;
  /** Everything is sent: outdated figures are counted anew. */
  renew(): Promise<void>;
};

type FiguresInput = {
  count(): Promise<Work["progress"]>;
  /** Nothing is left to be sent. */
  isAllSent(): boolean;
  onRenewed(): void;
};

export function createFigures({ count, isAllSent, onRenewed }: FiguresInput): Figures {
  const touched = new Map<string, Words | null>();
  let progress: Work["progress"] | null = null;
  let outdated = false;
  let counting = false;
  let changes = 0;

  async function renew(): Promise<void> {
    if (!outdated || counting || !isAllSent()) return;
    counting = true;
    const before = changes;
    const counted = await count().catch(() => null);
    counting = false;
    if (counted === null) return;
    // Nobody can say whether the count holds what was changed while it was made.
    if (changes !== before) return renew();
    outdated = false;
    touched.clear();
    progress = counted;
    onRenewed();
  }

  return {
    progress: () => progress,
    touched: () => new Map(touched),
    touch(key, before) {
      changes += 1;
      if (!touched.has(key)) touched.set(key, before);
    },
    outdate() {
      outdated = true;
    },
    renew,
  };
}
