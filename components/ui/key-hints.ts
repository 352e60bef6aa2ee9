"use client";

import { createMountedRegistry } from "./mounted-registry";

export type KeyHintGroup = {
  /** "Moving", "Deciding". */
  title: string;
  /** They hold on every page: they stand below those of the page itself. */
  everywhere?: boolean;
  /** Keys that do it, each a chord, and what they do: `{ keys: ["J", "↓"], does: "Next record" }`. */
  hints: readonly { keys: readonly string[]; does: string }[];
};

const groups = createMountedRegistry<KeyHintGroup>();

/** Lists keys on the sheet that `?` opens while the calling component is mounted. It binds none. Memoise the array. */
export const useKeyHints = groups.useEntries;

export const useRegisteredKeyHints = groups.useAll;
