import { closeCodes } from "@/contracts/live";
import type { Log } from "@/server/platform/log";
import { RefusedConnection } from "./authenticate";
import type { Connection } from "./connection";

export const CHANGED = "What you may do here has changed; connect again.";

export const closeStale = (connection: Connection): void => connection.close(closeCodes.stale, CHANGED);

type DoubtsOptions = { connectionsOf(projectId: string): readonly Connection[]; log: Log };

/**
 * When word of changed rights may have been lost, everybody in the project is asked about again, one after the other;
 * whose rights are what they were notices nothing. Doubts that come meanwhile are one more round.
 */
export function createDoubts({ connectionsOf, log }: DoubtsOptions): { raise(projectId: string): void } {
  const raised = new Set<string>();
  let running = false;

  async function work(): Promise<void> {
    running = true;
    for (const projectId of raised) {
      raised.delete(projectId);
      for (const connection of connectionsOf(projectId)) await settle(connection);
    }
    running = false;
  }

  async function settle(connection: Connection): Promise<void> {
    try {
      if (connection.isOpen()) await connection.prove();
    } catch (error) {
      if (!(error instanceof RefusedConnection))
        log.warn({ err: error }, "a member could not be asked about");
      closeStale(connection);
    }
  }

  return {
    raise(projectId) {
      raised.add(projectId);
      if (!running) void work();
    },
  };
}
