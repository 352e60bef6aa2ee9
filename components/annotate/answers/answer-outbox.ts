import { z } from "zod";
import { type Outbox, type OutboxOptions, openOutbox, type Unsent } from "@/components/saving/outbox";
import { said } from "./said";

const act = z.object({
  decision: said,
  /** The version on which its author first answered since the last word of the server. */
  seen: z.number().int(),
  /** What was sent of it and never answered: if that stands, it is one's own. */
  sent: z.array(said),
});
/** An answer that the server has not yet said to be durable. */
export type UnsentAnswer = Unsent<z.infer<typeof act>>;
export type AnswerOutbox = Outbox<z.infer<typeof act>>;

/** One person's unsent answers in a project, whichever records they label; shared by the browser's tabs. */
export const answerRoom = (projectId: string): string => `annotate.${projectId}`;

type Options = Omit<OutboxOptions, "room"> & { projectId: string };

export const openAnswerOutbox = ({ projectId, ...options }: Options): AnswerOutbox =>
  openOutbox({ ...options, room: answerRoom(projectId), read: (json) => act.parse(json) });
