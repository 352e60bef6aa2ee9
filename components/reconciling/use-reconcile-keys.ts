"use client";

import { useMemo } from "react";
import type { OptionLook } from "@/components/labelling/label-options";
import { type Command, useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import { keyOffers, optionCommands, optionHints, optionKeys } from "@/components/ui/keys/key-offers";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
import { useSteady } from "@/components/ui/use-steady";

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

type Offers = ReturnType<typeof keyOffers>;
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
      ...(mayDecide ? optionKeys(options, actions.choose) : {}),
      "0": actions.leaveOpen,
      enter: act(actions.settle),
      backspace: act(actions.takeBack),
      delete: act(actions.takeBack),
      escape: actions.drop,
    },
  });
  const namesOf = useKeyNames();
  const offers = useMemo(() => keyOffers(namesOf), [namesOf]);
  useKeyHints(useMemo(() => hints(options, offers), [options, offers]));
  const now = useSteady(() => actions);
  useCommands(
    useMemo(() => (mayDecide ? commands(options, offers, now) : []), [options, offers, now, mayDecide]),
  );
}

function commands(
  options: readonly OptionLook[],
  { command }: Offers,
  now: () => ReconcileActions,
): Command[] {
  return [
    command("work.next", "Go to the next disagreement", () => now().goNextOpen()),
    command("work.rest", "Take the majority for the rest", () => now().takeMajority()),
    command("work.undo", "Undo my last decision", () => now().undo()),
    command("work.redo", "Redo", () => now().redo()),
    command("work.reason", "Write a note", () => now().editNote()),
    { id: "back", label: "Take the decision back", keys: "Backspace", run: () => now().takeBack() },
    ...optionCommands(options, "Decide", (value) => now().choose(value)),
  ].map((one) => ({ ...one, id: `reconcile-${one.id}`, group: "Reconciling" }));
}

function hints(options: readonly OptionLook[], { hint }: Offers): KeyHintGroup[] {
  return [
    {
      title: "Deciding",
      hints: [
        ...optionHints(options),
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
        hint("list.next", "Next row"),
        hint("list.above", "Row above"),
        hint("list.choose", "Select the row"),
        { keys: ["Esc"], does: "Clear the selection" },
      ],
    },
  ];
}
