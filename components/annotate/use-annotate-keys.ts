"use client";

import { useMemo } from "react";
import { type Command, useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { keyOffers, optionHints, optionKeys } from "@/components/ui/keys/key-offers";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
import { useSteady } from "@/components/ui/use-steady";
import type { Labelling } from "./use-labelling";
import type { WorkLabel } from "./work-labels";

type AnnotateKeysInput = {
  labels: readonly WorkLabel[];
  labelling: Labelling;
  toggleView: () => void;
  toggleSelected: () => void;
  clearSelection: () => void;
  focusFilter: () => void;
  askReason: () => void;
};

type Offers = ReturnType<typeof keyOffers>;

/** The keys of a page of labelling, wherever the focus is; the table answers moving and selecting when it has it. */
export function useAnnotateKeys(input: AnnotateKeysInput): void {
  const { labels, labelling, toggleView, toggleSelected, clearSelection, focusFilter, askReason } = input;
  const options = labelling.active?.options ?? [];
  useKeyActions({
    actions: {
      "list.next": () => labelling.goBy(1),
      "list.above": () => labelling.goBy(-1),
      "list.choose": toggleSelected,
      "list.find": focusFilter,
      "work.next": labelling.skip,
      "work.undo": labelling.undo,
      "work.redo": labelling.redo,
      "work.view": toggleView,
      "work.reason": askReason,
    },
    fixed: {
      ...optionKeys(options, (value) => labelling.choose(value)),
      "0": labelling.doubt,
      enter: labelling.confirm,
      backspace: labelling.clear,
      delete: labelling.clear,
      arrowleft: () => labelling.pickBy(-1),
      arrowright: () => labelling.pickBy(1),
      escape: () => {
        labelling.discardDraft();
        clearSelection();
      },
    },
  });
  const namesOf = useKeyNames();
  const offers = useMemo(() => keyOffers(namesOf), [namesOf]);
  useKeyHints(useMemo(() => hints(labels, offers), [labels, offers]));
  const now = useSteady(() => input);
  useCommands(useMemo(() => commands(offers, now), [offers, now]));
}

function commands({ command }: Offers, now: () => AnnotateKeysInput): Command[] {
  return [
    command("work.next", "Skip this record for now", () => now().labelling.skip()),
    command("work.undo", "Undo my last label", () => now().labelling.undo()),
    command("work.redo", "Redo", () => now().labelling.redo()),
    command("work.view", "Switch between table and focus", () => now().toggleView()),
    command("work.reason", "Say why you can't tell", () => now().askReason()),
    command("list.find", "Find words in the text", () => now().focusFilter()),
    command("list.choose", "Select the record", () => now().toggleSelected()),
    { id: "doubt", label: "Mark as can't tell", keys: "0", run: () => now().labelling.doubt() },
    { id: "clear", label: "Clear the label", keys: "Backspace", run: () => now().labelling.clear() },
  ].map((one) => ({ ...one, id: `annotate-${one.id}`, group: "Labelling" }));
}

function hints(labels: readonly WorkLabel[], { hint }: Offers): KeyHintGroup[] {
  const several = labels.length > 1;
  return [
    ...labels.map(({ name, options }) => ({
      title: several ? `Options of ${name}` : "Options",
      hints: optionHints(options),
    })),
    {
      title: "Labelling",
      hints: [
        { keys: ["Enter"], does: "Set what is chosen, or go on" },
        { keys: ["0"], does: "Can't tell" },
        hint("work.reason"),
        { keys: ["Backspace"], does: "Clear the label" },
        ...(several ? [{ keys: ["←", "→"], does: "Label before, label after" }] : []),
        hint("work.undo"),
        hint("work.redo"),
      ],
    },
    {
      title: "Moving",
      hints: [
        hint("list.next", "Next record"),
        hint("list.above", "Record above"),
        hint("work.next", "Skip for now"),
        hint("work.view"),
        hint("list.find"),
      ],
    },
    {
      title: "Selecting",
      hints: [
        hint("list.choose", "Select the record"),
        { keys: ["Shift+↓", "Shift+↑"], does: "Extend the selection" },
        { keys: ["Ctrl+A"], does: "Select all records loaded" },
        { keys: ["Esc"], does: "Clear the selection" },
      ],
    },
  ];
}
