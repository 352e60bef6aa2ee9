import type { Answer, GivenAnswer, Work, WrittenAnswer } from "@/contracts/annotating";
import { isAnswered, keyOf, nothing, saysSame } from "../said";

/** What a test makes happen to the next calls. */
type Fate = "lost before" | "lost after" | Error;

/** Keeps answers as the server does, and can be cut off before or after it has written. */
export function createAnswerServer() {
  const rows = new Map<string, Answer>();
  const fates: Fate[] = [];
  const calls: GivenAnswer[][] = [];
  const at = new Date(0).toISOString();
  const standing = ({ recordId, label }: GivenAnswer): Answer =>
    rows.get(keyOf(recordId, label)) ?? { ...nothing, label, version: 0, at: null };

  function write(item: GivenAnswer): WrittenAnswer {
    const { recordId, label, base, value, spans, status = null, reason = null } = item;
    const about = { recordId, label };
    const stands = standing(item);
    if (value.includes("unknown"))
      return {
        ...about,
        state: "refused",
        error: { code: "invalid_value", message: "is unknown", path: "" },
      };
    const words = { value, spans, status, reason };
    if (saysSame(stands, words)) return { ...about, state: "saved", answer: stands };
    if (base !== undefined && base !== stands.version)
      return { ...about, state: "overtaken", answer: stands };
    const answer = { ...words, label, version: stands.version + 1, at };
    rows.set(keyOf(recordId, label), answer);
    return { ...about, state: "saved", answer };
  }

  return {
    calls,
    next: (...more: Fate[]) => fates.push(...more),
    valueOf: (recordId: string, label = "mood") => rows.get(keyOf(recordId, label))?.value ?? [],
    /** Another window of the same person. */
    elsewhere: (recordId: string, value: string[], label = "mood") =>
      void write({ recordId, label, value, spans: [] }),
    listed: (recordId: string, label = "mood") => {
      const answer = rows.get(keyOf(recordId, label));
      return { id: recordId, answers: answer ? [answer] : [] };
    },
    /** How far the work on these records is, where `mood` alone is asked for. */
    progressOf: (recordIds: readonly string[]): Work["progress"] => {
      const moods = recordIds.flatMap((id) => rows.get(keyOf(id, "mood")) ?? []);
      return {
        records: recordIds.length,
        done: moods.filter(isAnswered).length,
        unsure: moods.filter(({ status }) => status === "UNSURE").length,
      };
    },
    async send(items: GivenAnswer[]): Promise<WrittenAnswer[]> {
      calls.push(items);
      const fate = fates.shift();
      if (fate instanceof Error) throw fate;
      if (fate === "lost before") throw new Error("unreachable");
      const written = items.map(write);
      if (fate === "lost after") throw new Error("unreachable");
      return written;
    },
  };
}
