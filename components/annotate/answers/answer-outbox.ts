import { z } from "zod";
import { type OutboxOf, type OutboxStorage, openOutboxOf } from "@/components/saving/outbox";
import { readSaid, type Said } from "./said";

/** An answer that the server has not yet said to be durable. */
export type UnsentAnswer = {
  decision: Said;
  /** The version on which its author first answered since the last word of the server. */
  seen: number;
  /** What was sent of it and never answered: if that stands, it is one's own. */
  sent: Said[];
  tab: string;
};
export type AnswerOutbox = OutboxOf<UnsentAnswer>;

const stored = z.object({
  seen: z.number().int(),
  tab: z.string(),
  decision: z.unknown(),
  sent: z.array(z.unknown()),
});

function read(json: unknown): UnsentAnswer {
  const { seen, tab, decision, sent } = stored.parse(json);
  return { seen, tab, decision: readSaid(decision), sent: sent.map(readSaid) };
}

/** One person's unsent answers in a project, whichever records they label; shared by the browser's tabs. */
export const answerRoom = (projectId: string): string => `annotate.${projectId}`;

type Options = { userId: string; projectId: string; tab: string; storage: OutboxStorage | null };

export const openAnswerOutbox = ({ projectId, ...options }: Options): AnswerOutbox =>
  openOutboxOf({
    ...options,
    room: answerRoom(projectId),
    read,
    tabbed: (entry, tab) => ({ ...entry, tab }),
  });
