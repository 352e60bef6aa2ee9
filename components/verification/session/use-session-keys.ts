"use client";

import { useEffect, useMemo, useRef } from "react";
import { type Command, useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { type KeyActionId, keyActions } from "@/components/ui/keys/key-actions";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
import type { OptionLook } from "./label-options";
import type { Decisions } from "./use-decisions";

export type SessionKeysInput = {
  options: readonly OptionLook[];
  decisions: Decisions;
  /** What Delete does instead of clearing the verdict: takes the selected span out. */
  remove?: () => void;
  /** To the next label to decide. */
  goNext: () => void;
  toggleView: () => void;
  toggleSelected: () => void;
  clearSelection: () => void;
  focusFilter: () => void;
  askReason: () => void;
};

type KeyNames = (id: KeyActionId) => readonly string[];

/** The keys of a session, wherever the focus is; the table answers moving and selecting itself when it has it. */
export function useSessionKeys(input: SessionKeysInput): void {
  const { options, decisions, goNext, toggleView, toggleSelected, clearSelection, focusFilter, askReason } =
    input;
  useKeyActions({
    actions: {
      "list.next": () => decisions.goBy(1),
      "list.above": () => decisions.goBy(-1),
      "list.choose": toggleSelected,
      "list.find": focusFilter,
      "work.next": goNext,
      "work.rest": decisions.confirmRest,
      "work.undo": decisions.undo,
      "work.redo": decisions.redo,
      "work.view": toggleView,
      "work.reason": askReason,
    },
    fixed: {
      ...Object.fromEntries(
        options.flatMap(({ key, value }) => (key ? [[key, () => decisions.choose(value)]] : [])),
      ),
      "0": decisions.doubt,
      enter: decisions.confirm,
      backspace: decisions.clear,
      delete: input.remove ?? decisions.clear,
      escape: () => {
        decisions.discardDraft();
        clearSelection();
      },
    },
  });
  const namesOf = useKeyNames();
  useKeyHints(useMemo(() => hints(options, namesOf), [options, namesOf]));
  // What is on offer stays the same while one works: only what it does follows.
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  useCommands(useMemo(() => commands(options, namesOf, () => latest.current), [options, namesOf]));
}

function commands(looks: readonly OptionLook[], namesOf: KeyNames, now: () => SessionKeysInput): Command[] {
  const action = (id: KeyActionId, label: string, run: () => void) => ({
    id,
    label,
    keys: namesOf(id)[0] ?? "",
    run,
  });
  const fixed = (id: string, label: string, keys: string, run: () => void) => ({ id, label, keys, run });
  return [
    action("work.rest", "Confirm the rest of the list", () => now().decisions.confirmRest()),
    action("work.next", "Go to the next free label", () => now().goNext()),
    action("work.undo", "Undo my last decision", () => now().decisions.undo()),
    action("work.redo", "Redo", () => now().decisions.redo()),
    action("work.view", "Switch between table and focus", () => now().toggleView()),
    action("work.reason", "Say why one can't tell", () => now().askReason()),
    action("list.find", "Find words in the text", () => now().focusFilter()),
    action("list.choose", "Select the row", () => now().toggleSelected()),
    action("list.next", "Go to the next row", () => now().decisions.goBy(1)),
    action("list.above", "Go to the row above", () => now().decisions.goBy(-1)),
    fixed("confirm", "Confirm the agent's label", "Enter", () => now().decisions.confirm()),
    fixed("doubt", "Mark as can't tell", "0", () => now().decisions.doubt()),
    fixed("clear", "Clear the verdict", "Backspace", () => now().decisions.clear()),
    fixed("drop", "Drop the selection", "Esc", () => now().clearSelection()),
    ...looks.map(({ value, text, key }) => ({
      id: `option-${value}`,
      label: `Set to ${text}`,
      ...(key ? { keys: key.toUpperCase() } : {}),
      run: () => now().decisions.choose(value),
    })),
  ].map((one) => ({ ...one, id: `session-${one.id}`, group: "Session" }));
}

function hints(looks: readonly OptionLook[], namesOf: KeyNames): KeyHintGroup[] {
  const hint = (id: KeyActionId, does: string = keyActions[id].does) => ({ keys: namesOf(id), does });
  return [
    {
      title: "Deciding",
      hints: [
        ...looks.flatMap(({ key, text }) => (key ? [{ keys: [key.toUpperCase()], does: text }] : [])),
        { keys: ["Enter"], does: "Confirm the agent's label" },
        { keys: ["0"], does: "Can't tell" },
        hint("work.reason"),
        { keys: ["Backspace"], does: "Clear the verdict" },
        hint("work.rest"),
        hint("work.undo"),
        hint("work.redo"),
      ],
    },
    {
      title: "Moving",
      hints: [hint("list.next"), hint("list.above"), hint("work.next"), hint("work.view"), hint("list.find")],
    },
    {
      title: "Selecting",
      hints: [
        hint("list.choose"),
        { keys: ["Shift+↓", "Shift+↑"], does: "Extend the selection" },
        { keys: ["Ctrl+A"], does: "Select all rows loaded" },
        { keys: ["Esc"], does: "Drop the selection" },
      ],
    },
  ];
}
