import type { GivenAnswer, WrittenAnswer } from "@/contracts/annotating";
import type { AnswerOutbox } from "./answer-outbox";
import { partsOf, type Said, saidOf, saysSame } from "./said";
import type { Flight } from "./sender";
import type { Standing } from "./standing";
import type { AnswerNotice } from "./types";

/** What became of the answers that were sent. */
export type Outcomes = {
  /** The answers that did not become what stands, the last first. */
  notices(): readonly AnswerNotice[];
  dismiss(index: number): void;
  /** The answers that will never be sent, for their author to copy. */
  kept(): GivenAnswer[];
  savedAt(): Date | null;
  /** Takes what the server says of one answer. */
  note(flight: Flight, written: WrittenAnswer): void;
  /** Gives up one answer that the server can't take. */
  drop(flight: Flight, message: string): void;
  /** Nothing more will be sent: what waits is kept to be copied. */
  keepWaiting(): void;
};

const MAX_NOTICES = 20;

export function createOutcomes(outbox: AnswerOutbox, standing: Standing): Outcomes {
  const kept: GivenAnswer[] = [];
  let notices: AnswerNotice[] = [];
  let savedAt: Date | null = null;

  const tell = (notice: AnswerNotice): void => {
    notices = [notice, ...notices].slice(0, MAX_NOTICES);
  };
  const keep = (key: string, { at: _, ...words }: Said): void =>
    void kept.push({ ...partsOf(key), ...words });

  function noteSaved({ key, entry }: Flight, { answer }: Extract<WrittenAnswer, { state: "saved" }>): void {
    const now = outbox.entries().get(key);
    standing.set(key, answer, entry.decision.at);
    outbox.remove(key, entry.decision.at);
    if (now && now.decision.at !== entry.decision.at)
      outbox.put(key, { ...now, seen: answer.version, sent: [] });
    savedAt = new Date();
  }

  function noteOther(
    { key, entry }: Flight,
    { answer }: Extract<WrittenAnswer, { state: "overtaken" }>,
  ): void {
    const now = outbox.entries().get(key);
    const stands = saidOf(answer);
    const own = entry.sent.find((sent) => saysSame(sent, stands));
    standing.set(key, answer, own?.at);
    if (now && own) {
      // An earlier try was written though its response got lost: this answer is made on it.
      outbox.put(key, { ...now, seen: answer.version, sent: [] });
      return;
    }
    const mine = now?.decision ?? entry.decision;
    outbox.remove(key, mine.at);
    tell({ ...partsOf(key), at: mine.at, mine, stands, message: null });
  }

  function drop({ key, entry }: Flight, message: string): void {
    const { at, ...words } = entry.decision;
    outbox.remove(key, at);
    keep(key, entry.decision);
    tell({ ...partsOf(key), at, mine: words, stands: null, message });
  }

  return {
    notices: () => notices,
    dismiss(index) {
      notices = notices.filter((_, at) => at !== index);
    },
    kept: () => [...kept],
    savedAt: () => savedAt,
    note(flight, written) {
      if (written.state === "saved") noteSaved(flight, written);
      else if (written.state === "overtaken") noteOther(flight, written);
      else drop(flight, `The answer was not taken: ${written.error.path} ${written.error.message}.`);
    },
    drop,
    keepWaiting() {
      for (const [key, { decision }] of outbox.entries()) keep(key, decision);
    },
  };
}
