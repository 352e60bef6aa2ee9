"use client";

import { createMountedRegistry } from "./mounted-registry";

export type Command = {
  /** Unique on the page. */
  id: string;
  /** A verb and its object: "Save this search as a subset". */
  label: string;
  /** Heading under which it stands. */
  group: string;
  /** Other words by which people look for it. */
  keywords?: readonly string[];
  /** Offered on every page: it stands below what the page itself offers. */
  everywhere?: boolean;
  /** The key that does the same outside the palette; only shown here. */
  keys?: string;
  run: () => void;
};

/** What can be done with whatever was typed: "Search records for “late”". It stands below the commands that match. */
export type TypedCommand = {
  /** Unique on the page. */
  id: string;
  group: string;
  label: (typed: string) => string;
  run: (typed: string) => void;
};

const commands = createMountedRegistry<Command>();

/** Offers commands in the palette (Ctrl+K) while the calling component is mounted. Memoise the array. */
export const useCommands = commands.useEntries;

/** Every command on offer. */
export const useRegisteredCommands = commands.useAll;

const typedCommands = createMountedRegistry<TypedCommand>();

/** Offers commands of what is typed in the palette while the calling component is mounted. Memoise the array. */
export const useTypedCommands = typedCommands.useEntries;

/** Every such command on offer. */
export const useRegisteredTypedCommands = typedCommands.useAll;
