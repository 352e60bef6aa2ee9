"use client";

import { useMemo } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";

type RecordsKeysInput = {
  focusKeyword: () => void;
  toggleBuilder: () => void;
  /** Null when the reader's role can't. */
  save: (() => void) | null;
};

const hints: readonly KeyHintGroup[] = [
  {
    title: "Records",
    hints: [
      { keys: ["/"], does: "Search in the text" },
      { keys: ["F"], does: "Show or hide the conditions" },
      { keys: ["S"], does: "Save the search as a subset" },
      { keys: ["J", "↓"], does: "Next record" },
      { keys: ["K", "↑"], does: "Previous record" },
      { keys: ["Home"], does: "First record" },
      { keys: ["End"], does: "Last record" },
      { keys: ["Enter"], does: "Open the record" },
      { keys: ["X"], does: "Choose the record" },
      { keys: ["Shift ↓", "Shift X"], does: "Choose all records up to here" },
      { keys: ["Ctrl+A"], does: "Choose every record of the search" },
      { keys: ["Esc"], does: "Choose none" },
      { keys: ["Shift ←", "Shift →"], does: "On the head of a column: move it" },
      { keys: ["Shift click"], does: "On another head: order by it too" },
      { keys: ["1 … 9"], does: "In an open record: set or clear my label" },
    ],
  },
];

/** The keys of the records screen, on the sheet of keys and in the palette too. */
export function useRecordsKeys({ focusKeyword, toggleBuilder, save }: RecordsKeysInput): void {
  const options = { useKey: true, preventDefault: true };
  useHotkeys("/", focusKeyword, options, [focusKeyword]);
  useHotkeys("f", toggleBuilder, options, [toggleBuilder]);
  useHotkeys("s", () => save?.(), { ...options, enabled: save !== null }, [save]);
  useKeyHints(hints);
  useCommands(
    useMemo(
      () =>
        save
          ? [
              {
                id: "save-subset",
                label: "Save this search as a subset",
                group: "Records",
                keys: "S",
                run: save,
              },
            ]
          : [],
      [save],
    ),
  );
}
