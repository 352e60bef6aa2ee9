import type { Handle } from "@/contracts/mentions";

/** A comment that is being written: what the field shows, and the people picked in it. */
export type CommentDraft = { text: string; handles: readonly Handle[] };

const empty: CommentDraft = { text: "", handles: [] };
/** In this page alone, so that moving to another record and back loses no word, and closing it leaves none behind. */
const drafts = new Map<string, CommentDraft>();

export const readDraft = (key: string): CommentDraft => drafts.get(key) ?? empty;

/** Keeps a draft; one without words is forgotten. */
export function keepDraft(key: string, draft: CommentDraft): void {
  if (draft.text.trim() === "") drafts.delete(key);
  else drafts.set(key, draft);
}
