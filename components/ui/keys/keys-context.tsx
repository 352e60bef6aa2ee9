"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { KeyBindings } from "@/contracts/key-bindings";
import { chordsOf, type KeyActionId, keyName, keysNow } from "./key-actions";

type Keys = {
  /** What this person has chosen. */
  bindings: KeyBindings;
  /** Takes all of them; null where they can't be kept. */
  change: ((bindings: KeyBindings) => void) | null;
  /** Each action's own key now. */
  now: ReadonlyMap<KeyActionId, string>;
};

const KeysContext = createContext<Keys>({ bindings: {}, change: null, now: keysNow({}) });

type KeysProviderProps = Pick<Keys, "bindings" | "change"> & { children: ReactNode };

/** The keys of everything below it. */
export function KeysProvider({ bindings, change, children }: KeysProviderProps) {
  const keys = useMemo(() => ({ bindings, change, now: keysNow(bindings) }), [bindings, change]);
  return <KeysContext value={keys}>{children}</KeysContext>;
}

/** The keys of this page's reader. */
export const useKeys = (): Keys => useContext(KeysContext);

/** The names of the keys that do an action now, for print: `["U", "Ctrl+Z"]`. */
export function useKeyNames(): (id: KeyActionId) => [string, ...string[]] {
  const { now } = useKeys();
  return useMemo(
    () => (id) => {
      const [own = "", ...rest] = chordsOf(id, now).map(keyName);
      return [own, ...rest];
    },
    [now],
  );
}
