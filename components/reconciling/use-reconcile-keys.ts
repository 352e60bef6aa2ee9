"use client";

import { useEffect, useMemo, useRef } from "react";
import { type Command, useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { type KeyActionId, keyActions } from "@/components/ui/keys/key-actions";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
import type { OptionLook } from "@/components/verification/session/label-options";

export type ReconcileActions = {
  choose: (value: string) => void;
  /** Enter: what was chosen of several options, else the majority. */
  settle: () => void;
  /** Leaves it open and goes on. */
  leaveOpen: () => void;
  takeBack: () => void;
  goBy: (step: 1 | -1) => void;
  goNextOpen: () => void;
  takeMajority: () => void;
  toggleSelected: () => void;
  editNote: () => void;
  flag: () => void;
  undo: () => void;
  redo: () => void;
  drop: () => void;
};

type KeyNames = (id: KeyActionId) => readonly string[];
type Keyed = { options: readonly OptionLook[]; actions: ReconcileActions; mayDecide: boolean };

const nothing = () => undefined;

/** The keys of reconciling, the same as in a session where they do the same. */
export function useReconcileKeys({ options, actions, mayDecide }: Keyed): void {
  const act = (run: () => void) => (mayDecide ? run : nothing);
  useKeyActions({
    actions: {
      "list.next": () => actions.goBy(1),
      "list.above": () => actions.goBy(-1),
      "list.choose": act(actions.toggleSelected),
      "work.next": actions.goNextOpen,
      "work.rest": act(actions.takeMajority),
      "work.undo": act(actions.undo),
      "work.redo": act(actions.redo),
      "work.reason": act(actions.editNote),
      "work.flag": act(actions.flag),
    },
    fixed: {
      ...Object.fromEntries(
        options.flatMap(({ key, value }) => (key ? [[key, act(() => actions.choose(value))]] : [])),
      ),
      "0": actions.leaveOpen,
      enter: act(actions.settle),
      backspace: act(actions.takeBack),
      delete: act(actions.takeBack),
      escape: actions.drop,
    },
  });
  const namesOf = useKeyNames();
  useKeyHints(useMemo(() => hints(options, namesOf), [options, namesOf]));
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useCommands(
    useMemo(
      () => (mayDecide ? commands(options, namesOf, () => latest.current) : []),
      [options, namesOf, mayDecide],
    ),
  );
}

function commands(looks: readonly OptionLook[], namesOf: KeyNames, now: () => ReconcileActions): Command[] {
  const key = (id: KeyActionId) => namesOf(id)[0] ?? "";
  return [
    {
      id: "next",
      label: "Go to the next disagreement",
      keys: key("work.next"),
      run: () => now().goNextOpen(),
    },
    {
      id: "majority",
      label: "Take the majority for the rest",
      keys: key("work.rest"),
      run: () => now().takeMajority(),
    },
    { id: "undo", label: "Undo my last decision", keys: key("work.undo"), run: () => now().undo() },
    { id: "redo", label: "Redo", keys: key("work.redo"), run: () => now().redo() },
    { id: "note", label: "Write a note", keys: key("work.reason"), run: () => now().editNote() },
    { id: "back", label: "Take the decision back", keys: "Backspace", run: () => now().takeBack() },
    ...looks.map((look) => ({
      id: `option-${look.value}`,
      label: `Decide ${look.text}`,
      ...(look.key ? { keys: look.key.toUpperCase() } : {}),
      run: () => now().choose(look.value),
    })),
  ].map((one) => ({ ...one, id: `reconcile-${one.id}`, group: "Reconciling" }));
}

function hints(looks: readonly OptionLook[], namesOf: KeyNames): KeyHintGroup[] {
  const hint = (id: KeyActionId, does: string = keyActions[id].does) => ({ keys: namesOf(id), does });
  return [
    {
      title: "Deciding",
      hints: [
        ...looks.flatMap(({ key, text }) => (key ? [{ keys: [key.toUpperCase()], does: text }] : [])),
        { keys: ["Enter"], does: "Take the majority, or what is chosen" },
        { keys: ["0"], does: "Leave it open and go on" },
        { keys: ["Backspace"], does: "Take the decision back" },
        hint("work.rest", "Take the majority for those selected, or the next 20"),
        hint("work.reason", "Write a note"),
        hint("work.flag"),
        hint("work.undo"),
        hint("work.redo"),
      ],
    },
    {
      title: "Moving",
      hints: [
        hint("work.next", "Next disagreement"),
        hint("list.next", "Row below"),
        hint("list.above", "Row above"),
        hint("list.choose", "Select the row"),
        { keys: ["Esc"], does: "Drop the selection" },
      ],
    },
  ];
}
