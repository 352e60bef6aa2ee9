import { inOrder } from "./pieces";
import type { SpanView } from "./types";

/** The next span of an agent that nobody has judged, after one in the text and then from its beginning. */
export function nextToJudge(spans: readonly SpanView[], after: SpanView): SpanView | null {
  const ordered = inOrder(spans);
  const at = ordered.findIndex(({ id }) => id === after.id);
  const around = [...ordered.slice(at + 1), ...ordered.slice(0, Math.max(0, at))];
  return around.find(({ by, verdict, editable = true }) => by.kind === "job" && !verdict && editable) ?? null;
}
