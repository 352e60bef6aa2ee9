import { adapters } from "../adapters/registry";
import type { BatchLimits } from "../port";

/** What one batch may hold; null: this server hands none in at this provider. */
export const batchLimits = (provider: string): BatchLimits | null =>
  adapters.get(provider)?.batch?.limits ?? null;
