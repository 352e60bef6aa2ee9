"use client";

import { useMemo } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { pageKeys } from "@/components/labelling/page-keys";
import { useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import type { Labelling } from "./use-labelling";
import type { WorkLabel } from "./work-labels";

type AnnotateKeysInput = {
  labels: readonly WorkLabel[];
  labelling: Labelling;
  toggleView: () => void;
  toggleSelected: () => void;
  clearSelection: () => void;
  focusFilter: () => void;
};

/** The keys of a page of labelling, wherever the focus is; the table answers moving and selecting when it has it. */
export function useAnnotateKeys(input: AnnotateKeysInput): void {
  const { labelling, labels, toggleView } = input;
  const { active } = labelling;
  const keyed = (active?.options ?? []).filter(({ key }) => key !== null);
  useHotkeys(
    keyed.map(({ key }) => key ?? ""),
    (event) => {
      const option = keyed.find(({ key }) => key === event.key.toLowerCase());
      if (option) labelling.choose(option.value);
    },
    pageKeys,
    [labelling, keyed],
  );
  useHotkeys("0", () => labelling.doubt(), pageKeys, [labelling]);
  useHotkeys("enter", labelling.confirm, pageKeys, [labelling]);
  useHotkeys(["backspace", "delete"], () => labelling.clear(), pageKeys, [labelling]);
  useHotkeys(["j", "arrowdown"], () => labelling.goBy(1), pageKeys, [labelling]);
  useHotkeys(["k", "arrowup"], () => labelling.goBy(-1), pageKeys, [labelling]);
  useHotkeys("arrowright", () => labelling.pickBy(1), pageKeys, [labelling]);
  useHotkeys("arrowleft", () => labelling.pickBy(-1), pageKeys, [labelling]);
  useHotkeys("n", labelling.skip, pageKeys, [labelling]);
  useHotkeys(["u", "mod+z"], labelling.undo, pageKeys, [labelling]);
  useHotkeys(["shift+u", "mod+shift+z"], labelling.redo, pageKeys, [labelling]);
  useHotkeys("t", toggleView, pageKeys, [toggleView]);
  useHotkeys("x", input.toggleSelected, pageKeys, [input.toggleSelected]);
  useHotkeys("/", input.focusFilter, pageKeys, [input.focusFilter]);
  useHotkeys(
    "escape",
    () => {
      labelling.discardDraft();
      input.clearSelection();
    },
    { ...pageKeys, preventDefault: false },
    [labelling, input.clearSelection],
  );

  useKeyHints(useMemo(() => hints(labels), [labels]));
  useCommands(
    useMemo(
      () =>
        [
          { id: "annotate-skip", label: "Skip this record for now", keys: "N", run: labelling.skip },
          { id: "annotate-undo", label: "Undo my last label", keys: "U", run: labelling.undo },
          { id: "annotate-redo", label: "Redo", keys: "Shift+U", run: labelling.redo },
          { id: "annotate-view", label: "Switch between table and focus", keys: "T", run: toggleView },
        ].map((command) => ({ ...command, group: "Labelling" })),
      [labelling.skip, labelling.undo, labelling.redo, toggleView],
    ),
  );
}

function hints(labels: readonly WorkLabel[]): KeyHintGroup[] {
  const several = labels.length > 1;
  return [
    ...labels.map(({ name, options }) => ({
      title: several ? `Options of ${name}` : "Options",
      hints: options.flatMap(({ key, text }) => (key ? [{ keys: [key.toUpperCase()], does: text }] : [])),
    })),
    {
      title: "Labelling",
      hints: [
        { keys: ["Enter"], does: "Set what is chosen, or go on" },
        { keys: ["0"], does: "Can't tell" },
        { keys: ["Backspace"], does: "Clear the label" },
        ...(several ? [{ keys: ["←", "→"], does: "Label before, label after" }] : []),
        { keys: ["U", "Ctrl+Z"], does: "Undo" },
        { keys: ["Shift+U"], does: "Redo" },
      ],
    },
    {
      title: "Moving",
      hints: [
        { keys: ["J", "↓"], does: "Next record" },
        { keys: ["K", "↑"], does: "Record above" },
        { keys: ["N"], does: "Skip for now" },
        { keys: ["T"], does: "Table or focus" },
        { keys: ["/"], does: "Filter by words" },
      ],
    },
    {
      title: "Selecting",
      hints: [
        { keys: ["X"], does: "Select the record" },
        { keys: ["Shift+↓", "Shift+↑"], does: "Extend the selection" },
        { keys: ["Ctrl+A"], does: "Select all records loaded" },
        { keys: ["Esc"], does: "Drop the selection" },
      ],
    },
  ];
}
