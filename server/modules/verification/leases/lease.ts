/** A lease lasts so long unless it is prolonged: longer than a look, shorter than a walk away. */
export const LEASE_SECONDS = 60;

export type Lease = { id: string; recordId: string; expiresAt: Date };

/** Where a record is looked for; `skip`: records or labels that are not wanted now. */
export type LeaseSearch = { sessionId: string; skip: readonly string[] };
