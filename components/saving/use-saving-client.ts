"use client";

import { useEffect, useSyncExternalStore } from "react";

/** What a person does on a page, kept in the browser until the server has it. */
type SavingClient<Picture> = {
  start(): void;
  stop(): void;
  subscribe(listener: () => void): () => void;
  snapshot(): Picture;
  /** How much is in this browser alone. */
  unsent(): number;
};

/**
 * Runs a client as long as the component is there, and gives what it shows. Leaving the page with something that is in
 * this browser alone asks first.
 */
export function useSavingClient<Picture>(client: SavingClient<Picture>): Picture {
  useEffect(() => {
    client.start();
    const ask = (event: BeforeUnloadEvent) => {
      if (client.unsent() > 0) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
      client.stop();
    };
  }, [client]);
  return useSyncExternalStore(client.subscribe, client.snapshot, client.snapshot);
}
