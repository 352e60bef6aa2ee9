"use client";

import { useMemo } from "react";
import { useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { type KeyActionId, keyActions } from "@/components/ui/keys/key-actions";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";

type RecordsKeysInput = {
  focusKeyword: () => void;
  toggleBuilder: () => void;
  /** Null when the reader's role can't. */
  save: (() => void) | null;
};

/** The keys of the records screen, on the sheet of keys and in the palette too. */
export function useRecordsKeys({ focusKeyword, toggleBuilder, save }: RecordsKeysInput): void {
  useKeyActions({
    actions: {
      "list.find": focusKeyword,
      "records.conditions": toggleBuilder,
      ...(save ? { "records.save": save } : {}),
    },
  });
  const namesOf = useKeyNames();
  useKeyHints(useMemo(() => hints(namesOf), [namesOf]));
  useCommands(
    useMemo(() => {
      const command = (id: string, label: string, key: KeyActionId, run: () => void) => ({
        id,
        label,
        group: "Records",
        keys: namesOf(key)[0],
        run,
      });
      return [
        command("find-records", "Find words in the text", "list.find", focusKeyword),
        command("show-conditions", "Show or hide the conditions", "records.conditions", toggleBuilder),
        ...(save ? [command("save-subset", "Save this search as a subset", "records.save", save)] : []),
      ];
    }, [namesOf, focusKeyword, toggleBuilder, save]),
  );
}

function hints(namesOf: (id: KeyActionId) => [string, ...string[]]): KeyHintGroup[] {
  const hint = (id: KeyActionId, does: string = keyActions[id].does) => ({ keys: namesOf(id), does });
  const [choose] = namesOf("list.choose");
  return [
    {
      title: "Records",
      hints: [
        hint("list.find", "Search in the text"),
        hint("records.conditions"),
        hint("records.save"),
        hint("list.next", "Next record"),
        hint("list.above", "Previous record"),
        { keys: ["Home"], does: "First record" },
        { keys: ["End"], does: "Last record" },
        { keys: ["Enter"], does: "Open the record" },
        hint("list.choose", "Choose the record"),
        { keys: ["Shift ↓", `Shift ${choose}`], does: "Choose all records up to here" },
        { keys: ["Ctrl+A"], does: "Choose every record of the search" },
        { keys: ["Esc"], does: "Choose none" },
        { keys: ["Shift ←", "Shift →"], does: "On the head of a column: move it" },
        { keys: ["Shift click"], does: "On another head: order by it too" },
        { keys: ["1 … 9"], does: "In an open record: set or clear my label" },
      ],
    },
  ];
}
