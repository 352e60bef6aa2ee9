"use client";

import { useMemo } from "react";
import type { OptionLook } from "@/components/labelling/label-options";
import { type Command, useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { keyOffers, optionCommands, optionHints, optionKeys } from "@/components/ui/keys/key-offers";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
import { useSteady } from "@/components/ui/use-steady";
import type { Decisions } from "./use-decisions";

export type SessionKeysInput = {
  options: readonly OptionLook[];
  decisions: Decisions;
  /** Does what a key decides now, or with the next free label when that is on its way. */
  whenThere: (act: () => void) => void;
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

type Offers = ReturnType<typeof keyOffers>;

/** The keys of a session, wherever the focus is; the table answers moving and selecting itself when it has it. */
export function useSessionKeys(input: SessionKeysInput): void {
  const { options, decisions, goNext, toggleView, toggleSelected, clearSelection, focusFilter, askReason } =
    input;
  const now = useSteady(() => input);
  const decide = (act: (input: SessionKeysInput) => void) => () => input.whenThere(() => act(now()));
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
      ...optionKeys(options, (value) => decide((latest) => latest.decisions.choose(value))()),
      "0": decide((latest) => latest.decisions.doubt()),
      enter: decide((latest) => latest.decisions.confirm()),
      backspace: decide((latest) => latest.decisions.clear()),
      delete: decide(({ remove, decisions: latest }) => (remove ?? latest.clear)()),
      escape: () => {
        decisions.discardDraft();
        clearSelection();
      },
    },
  });
  const namesOf = useKeyNames();
  const offers = useMemo(() => keyOffers(namesOf), [namesOf]);
  useKeyHints(useMemo(() => hints(options, offers), [options, offers]));
  useCommands(useMemo(() => commands(options, offers, now), [options, offers, now]));
}

function commands(
  options: readonly OptionLook[],
  { command }: Offers,
  now: () => SessionKeysInput,
): Command[] {
  const fixed = (id: string, label: string, keys: string, run: () => void) => ({ id, label, keys, run });
  return [
    command("work.rest", "Confirm the rest of the list", () => now().decisions.confirmRest()),
    command("work.next", "Go to the next free label", () => now().goNext()),
    command("work.undo", "Undo my last decision", () => now().decisions.undo()),
    command("work.redo", "Redo", () => now().decisions.redo()),
    command("work.view", "Switch between table and focus", () => now().toggleView()),
    command("work.reason", "Say why you can't tell", () => now().askReason()),
    command("list.find", "Find words in the text", () => now().focusFilter()),
    command("list.choose", "Select the row", () => now().toggleSelected()),
    command("list.next", "Go to the next row", () => now().decisions.goBy(1)),
    command("list.above", "Go to the row above", () => now().decisions.goBy(-1)),
    fixed("confirm", "Confirm the agent's label", "Enter", () => now().decisions.confirm()),
    fixed("doubt", "Mark as can't tell", "0", () => now().decisions.doubt()),
    fixed("clear", "Clear the verdict", "Backspace", () => now().decisions.clear()),
    fixed("drop", "Clear the selection", "Esc", () => now().clearSelection()),
    ...optionCommands(options, "Set to", (value) => now().decisions.choose(value)),
  ].map((one) => ({ ...one, id: `session-${one.id}`, group: "Session" }));
}

function hints(options: readonly OptionLook[], { hint }: Offers): KeyHintGroup[] {
  return [
    {
      title: "Deciding",
      hints: [
        ...optionHints(options),
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
        { keys: ["Esc"], does: "Clear the selection" },
      ],
    },
  ];
}
