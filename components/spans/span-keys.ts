import type { CursorMove } from "./cursor";
import type { Side, Step } from "./text-places";

/** What a key in the text asks for. */
export type SpanCommand =
  | ({ kind: "move" } & CursorMove)
  /** By the lines as they are on screen, which the browser alone knows. */
  | { kind: "line"; extend: boolean; forward: boolean; by: "line" | "lineboundary" }
  | { kind: "all" }
  /** Marks what is selected with the brush. */
  | { kind: "mark" }
  /** Selects the span under the cursor. */
  | { kind: "pick" }
  | { kind: "confirm" }
  | { kind: "option"; key: string }
  | { kind: "border"; side: Side; by: Step; direction: 1 | -1; onScreen: boolean }
  /** Selects the span after or before the selected one. */
  | { kind: "neighbour"; direction: 1 | -1 }
  | { kind: "remove" }
  /** Takes back the verdict on the selected span. */
  | { kind: "clear" }
  | { kind: "leave" };

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export type KeyCircumstances = {
  /** Some text is selected. */
  hasStretch: boolean;
  hasSpan: boolean;
  /** Escape has something to give up. */
  canLeave: boolean;
  /** Spans are judged here, and the selected one is an agent's. */
  canConfirm: boolean;
  /** The selected span has a verdict to be taken back. */
  canClear: boolean;
  readOnly: boolean;
  wordSnapping: boolean;
  /** Keys of the options that may be chosen now. */
  optionKeys: ReadonlySet<string>;
};

/** Null: the key is not the text's, and goes on to the page. */
export function commandOf(pressed: Pressed, now: KeyCircumstances): SpanCommand | null {
  const { key, shiftKey: extend, altKey } = pressed;
  const ctrl = pressed.ctrlKey || pressed.metaKey;
  const edits = now.hasSpan && !now.readOnly;
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight": {
      const to = key === "ArrowLeft" ? "left" : "right";
      if (altKey && edits)
        return {
          kind: "border",
          side: extend ? "start" : "end",
          by: ctrl ? "word" : "character",
          direction: to === "left" ? -1 : 1,
          onScreen: true,
        };
      if (pressed.metaKey) return { kind: "line", extend, forward: to === "right", by: "lineboundary" };
      return { kind: "move", to, by: ctrl || altKey ? "word" : "character", extend };
    }
    case "ArrowUp":
    case "ArrowDown": {
      const forward = key === "ArrowDown";
      if (altKey) return { kind: "neighbour", direction: forward ? 1 : -1 };
      return { kind: "line", extend, forward, by: "line" };
    }
    case "Home":
    case "End":
      if (ctrl) return { kind: "move", to: key === "Home" ? "start" : "end", by: "character", extend };
      return { kind: "line", extend, forward: key === "End", by: "lineboundary" };
    case "Escape":
      return now.canLeave ? { kind: "leave" } : null;
  }
  if (ctrl) return key.toLowerCase() === "a" ? { kind: "all" } : null;
  if (key === "Enter") {
    if (now.hasStretch) return now.readOnly ? null : { kind: "mark" };
    if (!now.hasSpan) return { kind: "pick" };
    return now.canConfirm && !now.readOnly ? { kind: "confirm" } : null;
  }
  if (now.readOnly) return null;
  if (edits && key === "Backspace" && now.canClear) return { kind: "clear" };
  if (edits && (key === "Delete" || key === "Backspace")) return { kind: "remove" };
  const border = edits ? borderKeys[key] : undefined;
  if (border)
    return { kind: "border", ...border, by: now.wordSnapping ? "word" : "character", onScreen: false };
  if (altKey) return null;
  return now.optionKeys.has(key.toLowerCase()) ? { kind: "option", key: key.toLowerCase() } : null;
}

/** A bracket moves its border outward; with Shift, inward. */
const borderKeys: Readonly<Record<string, { side: Side; direction: 1 | -1 }>> = {
  "[": { side: "start", direction: -1 },
  "{": { side: "start", direction: 1 },
  "]": { side: "end", direction: 1 },
  "}": { side: "end", direction: -1 },
};
