import { type Flag, type FlagKind, flagKinds, type InboxEntry } from "@/contracts/discussions";

const kinds: Record<FlagKind, string> = {
  wrongText: "Wrong text",
  unclearGuideline: "Unclear guideline",
  notInSchema: "Not in the schema",
  other: "Something else",
};

export const flagKindWords = (kind: FlagKind): string => kinds[kind];

const hints: Record<FlagKind, string> = {
  wrongText: "Cut off, broken, in another language",
  unclearGuideline: "The guidelines don't say what to choose",
  notInSchema: "No option fits this text",
  other: "Say what is wrong",
};

/** The reasons of a flag, each with a sentence. */
export const flagChoices = flagKinds.map((value) => ({ value, label: kinds[value], hint: hints[value] }));

const states: Record<Flag["state"], string> = { open: "Open", resolved: "Resolved", withdrawn: "Withdrawn" };
export const flagStateWords = (state: Flag["state"]): string => states[state];

/** What an entry of the inbox tells, after the name of who did it. */
export function inboxWords({ kind, record, flag }: InboxEntry): string {
  switch (kind) {
    case "mention":
      return `mentioned you on ${record.externalId}`;
    case "reply":
      return `commented on ${record.externalId}, where you did too`;
    case "flagResolved":
      return `resolved your flag on ${record.externalId}${flag ? `: ${kinds[flag.kind].toLowerCase()}` : ""}`;
  }
}

/** "3 comments, 1 open flag"; empty when there is nothing. */
export function countWords({ comments, openFlags }: { comments: number; openFlags: number }): string {
  const some = (n: number, noun: string) => (n === 0 ? [] : [`${n} ${noun}${n === 1 ? "" : "s"}`]);
  return [...some(comments, "comment"), ...some(openFlags, "open flag")].join(", ");
}
