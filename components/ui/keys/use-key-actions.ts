"use client";

import { useEffectEvent, useLayoutEffect } from "react";
import { chordOf, chordsOf, type KeyActionId, keyActionIds } from "./key-actions";
import { useKeys } from "./keys-context";

type Run = (event: KeyboardEvent) => void;
export type KeyHandlers = {
  /** By action: on whatever key it is now. */
  actions?: Partial<Record<KeyActionId, Run>>;
  /** By chord: keys that are the same for everybody, as digits and Enter. */
  fixed?: Readonly<Record<string, Run>>;
  /** The component stands in a dialog itself, so keys pressed in one are meant for it too. */
  inDialog?: boolean;
};

const FIELDS = "input:not([type=checkbox],[type=radio],[type=button]),textarea,select,[contenteditable=true]";
const MENUS = "[role=menu],[role=listbox],[data-radix-popper-content-wrapper]";
const PRESSED = "button,a,summary,[role=button],[role=radio]";

/** Somebody has answered already, or the key belongs to a field, to what floats, or to the control that Enter presses. */
function isSpokenFor(event: KeyboardEvent, inDialog: boolean): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(FIELDS) || target?.closest(MENUS)) return true;
  if (!inDialog && target?.closest("[role=dialog]")) return true;
  return event.key === "Enter" && target?.closest(PRESSED) !== null;
}

/** Binds keys of the page while the calling component is mounted: one listener, whatever changes. */
export function useKeyActions({ actions = {}, fixed = {}, inDialog = false }: KeyHandlers): void {
  const { now } = useKeys();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isSpokenFor(event, inDialog)) return;
    const chord = chordOf(event);
    const run = runOf(chord);
    if (!run) return;
    // Esc closes what floats as well.
    if (chord !== "escape") event.preventDefault();
    run(event);
  });
  function runOf(chord: string): Run | undefined {
    const id = keyActionIds.find((one) => actions[one] && chordsOf(one, now).includes(chord));
    if (id) return actions[id];
    return Object.hasOwn(fixed, chord) ? fixed[chord] : undefined;
  }
  // Not after the first paint: a key may follow what is seen at once.
  useLayoutEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
