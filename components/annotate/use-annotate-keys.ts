"use client";

import { useEffect, useMemo, useRef } from "react";
import { type Command, useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { type KeyActionId, keyActions } from "@/components/ui/keys/key-actions";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
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

type KeyNames = (id: KeyActionId) => readonly string[];

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
      ...Object.fromEntries(
        options.flatMap(({ key, value }) => (key ? [[key, () => labelling.choose(value)]] : [])),
      ),
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
  useKeyHints(useMemo(() => hints(labels, namesOf), [labels, namesOf]));
  // What is on offer stays the same while one works: only what it does follows.
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  useCommands(useMemo(() => commands(namesOf, () => latest.current), [namesOf]));
}

function commands(namesOf: KeyNames, now: () => AnnotateKeysInput): Command[] {
  const action = (id: KeyActionId, label: string, run: () => void) => ({
    id,
    label,
    keys: namesOf(id)[0] ?? "",
    run,
  });
  return [
    action("work.next", "Skip this record for now", () => now().labelling.skip()),
    action("work.undo", "Undo my last label", () => now().labelling.undo()),
    action("work.redo", "Redo", () => now().labelling.redo()),
    action("work.view", "Switch between table and focus", () => now().toggleView()),
    action("work.reason", "Say why one can't tell", () => now().askReason()),
    action("list.find", "Find words in the text", () => now().focusFilter()),
    action("list.choose", "Select the record", () => now().toggleSelected()),
    { id: "doubt", label: "Mark as can't tell", keys: "0", run: () => now().labelling.doubt() },
    { id: "clear", label: "Clear the label", keys: "Backspace", run: () => now().labelling.clear() },
  ].map((one) => ({ ...one, id: `annotate-${one.id}`, group: "Labelling" }));
}

function hints(labels: readonly WorkLabel[], namesOf: KeyNames): KeyHintGroup[] {
  const hint = (id: KeyActionId, does: string = keyActions[id].does) => ({ keys: namesOf(id), does });
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
        { keys: ["Esc"], does: "Drop the selection" },
      ],
    },
  ];
}
