"use client";

import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";

const reading: KeyHintGroup[] = [
  {
    title: "In the text",
    hints: [
      { keys: ["←", "→", "↑", "↓"], does: "Move the text cursor, with Ctrl by word" },
      { keys: ["Enter"], does: "Select the span at the cursor" },
      { keys: ["Alt+↓", "Alt+↑"], does: "Next span, span before" },
      { keys: ["Esc"], does: "Let go of what is selected" },
    ],
  },
];

const editing: KeyHintGroup[] = [
  ...reading,
  {
    title: "Marking",
    hints: [
      { keys: ["Shift+→", "Ctrl+Shift+→"], does: "Select characters, words" },
      { keys: ["Enter"], does: "Mark what is selected" },
      { keys: ["Alt"], does: "While dragging: mark part of a word" },
    ],
  },
  {
    title: "The selected span",
    hints: [
      { keys: ["[", "]"], does: "Move its start or end outward, with Shift inward" },
      {
        keys: ["Alt+←", "Alt+→"],
        does: "Move its end by a character, with Shift its start, with Ctrl by word",
      },
      { keys: ["Del"], does: "Take it out" },
    ],
  },
];

/** Lists the text's keys on the sheet of keys while a text with spans is shown. */
export function useSpanHints(readOnly: boolean): void {
  useKeyHints(readOnly ? reading : editing);
}
