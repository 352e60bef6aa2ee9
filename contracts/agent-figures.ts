import { z } from "zod";
import { id, interval, projectRef } from "./common";

export const listAgentFiguresInput = z.object({ project: projectRef });

/** How an agent's newest version has done so far. */
const agentFigures = z.object({
  agentId: id,
  version: z.number().int(),
  /** The first label that it asks for. */
  label: z.string(),
  /**
   * Of its newest labels, on records whose value a person has confirmed or corrected: how many there are and how
   * many are equal to it, with Wilson's 95 % interval. People saw some of these labels before they judged.
   */
  n: z.number().int(),
  correct: z.number().int(),
  accuracy: z.number().nullable(),
  interval: interval.nullable(),
  /** What its ended jobs paid for 1,000 answers; null: nothing was asked, or a price was not known. */
  costPer1000Usd: z.number().nullable(),
});
export type AgentFigures = z.infer<typeof agentFigures>;
export const agentFiguresList = z.object({ items: z.array(agentFigures) });
