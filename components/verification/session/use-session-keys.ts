"use client";

import { useMemo } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { pageKeys as options } from "@/components/labelling/page-keys";
import { useCommands } from "@/components/ui/commands";
import { type KeyHintGroup, useKeyHints } from "@/components/ui/key-hints";
import type { OptionLook } from "./label-options";
import type { Decisions } from "./use-decisions";

type SessionKeysInput = {
  options: readonly OptionLook[];
  decisions: Decisions;
  /** To the next label to decide. */
  goNext: () => void;
  toggleView: () => void;
  toggleSelected: () => void;
  clearSelection: () => void;
  focusFilter: () => void;
};

/** The keys of a session, wherever the focus is; the table answers moving and selecting itself when it has it. */
export function useSessionKeys(input: SessionKeysInput): void {
  const { decisions } = input;
  const keyed = input.options.filter((option) => option.key !== null);
  useHotkeys(
    keyed.map((option) => option.key ?? ""),
    (event) => {
      const option = keyed.find(({ key }) => key === event.key.toLowerCase());
      if (option) decisions.choose(option.value);
    },
    options,
    [decisions, keyed],
  );
  useHotkeys("0", decisions.doubt, options, [decisions]);
  useHotkeys("enter", decisions.confirm, options, [decisions]);
  useHotkeys(["backspace", "delete"], decisions.clear, options, [decisions]);
  useHotkeys(["j", "arrowdown"], () => decisions.goBy(1), options, [decisions]);
  useHotkeys(["k", "arrowup"], () => decisions.goBy(-1), options, [decisions]);
  useHotkeys("n", input.goNext, options, [input.goNext]);
  useHotkeys(["u", "mod+z"], decisions.undo, options, [decisions]);
  useHotkeys(["shift+u", "mod+shift+z"], decisions.redo, options, [decisions]);
  useHotkeys("b", decisions.confirmRest, options, [decisions]);
  useHotkeys("t", input.toggleView, options, [input.toggleView]);
  useHotkeys("x", input.toggleSelected, options, [input.toggleSelected]);
  useHotkeys("/", input.focusFilter, options, [input.focusFilter]);
  useHotkeys(
    "escape",
    () => {
      decisions.discardDraft();
      input.clearSelection();
    },
    { ...options, preventDefault: false },
    [decisions, input.clearSelection],
  );

  useKeyHints(useMemo(() => hints(input.options), [input.options]));
  useCommands(
    useMemo(
      () => [
        {
          id: "session-rest",
          group: "Session",
          label: "Confirm the rest",
          keys: "B",
          run: decisions.confirmRest,
        },
        {
          id: "session-next",
          group: "Session",
          label: "Go to the next free label",
          keys: "N",
          run: input.goNext,
        },
        {
          id: "session-undo",
          group: "Session",
          label: "Undo my last decision",
          keys: "U",
          run: decisions.undo,
        },
        { id: "session-redo", group: "Session", label: "Redo", keys: "Shift+U", run: decisions.redo },
        {
          id: "session-view",
          group: "Session",
          label: "Switch between table and focus",
          keys: "T",
          run: input.toggleView,
        },
      ],
      [decisions, input.goNext, input.toggleView],
    ),
  );
}

function hints(looks: readonly OptionLook[]): KeyHintGroup[] {
  return [
    {
      title: "Deciding",
      hints: [
        ...looks.flatMap(({ key, text }) => (key ? [{ keys: [key.toUpperCase()], does: text }] : [])),
        { keys: ["Enter"], does: "Confirm the agent's label" },
        { keys: ["0"], does: "Can't tell" },
        { keys: ["Backspace"], does: "Clear the verdict" },
        { keys: ["B"], does: "Confirm the rest of the list" },
        { keys: ["U", "Ctrl+Z"], does: "Undo" },
        { keys: ["Shift+U"], does: "Redo" },
      ],
    },
    {
      title: "Moving",
      hints: [
        { keys: ["J", "↓"], does: "Next row" },
        { keys: ["K", "↑"], does: "Row above" },
        { keys: ["N"], does: "Next free label" },
        { keys: ["T"], does: "Table or focus" },
        { keys: ["/"], does: "Filter by words" },
      ],
    },
    {
      title: "Selecting",
      hints: [
        { keys: ["X"], does: "Select the row" },
        { keys: ["Shift+↓", "Shift+↑"], does: "Extend the selection" },
        { keys: ["Ctrl+A"], does: "Select all rows loaded" },
        { keys: ["Esc"], does: "Drop the selection" },
      ],
    },
  ];
}
