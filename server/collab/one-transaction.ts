import type * as Y from "yjs";

/**
 * Runs `change` in one transaction of a document.
 * @returns the update that brings a replica to the same state; null when nothing changed
 */
export function inOneTransaction(
  doc: Y.Doc,
  change: (transaction: Y.Transaction) => void,
): Uint8Array | null {
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array) => void updates.push(update);
  doc.on("update", note);
  try {
    doc.transact((transaction) => {
      change(transaction);
      // Applying a client's update marks the transaction as foreign; Yjs would then take what this server writes
      // in it for somebody else's use of its client id, and change the id.
      transaction.local = true;
    }, "server");
  } finally {
    doc.off("update", note);
  }
  if (updates.length > 1) throw new Error("One transaction made several updates.");
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new Error("An update left something pending.");
  return updates[0] ?? null;
}
