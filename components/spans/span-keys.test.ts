import { describe, expect, it } from "vitest";
import { commandOf, type KeyCircumstances, type SpanCommand } from "./span-keys";

const at: KeyCircumstances = {
  hasStretch: false,
  hasSpan: false,
  canLeave: false,
  canConfirm: true,
  canClear: false,
  readOnly: false,
  wordSnapping: true,
  optionKeys: new Set(["1", "2", "p"]),
};

/** `Ctrl+Shift+ArrowLeft` in the circumstances that differ from the plain ones. */
function press(chord: string, now: Partial<KeyCircumstances> = {}): SpanCommand | null {
  const keys = chord.split("+");
  return commandOf(
    {
      key: keys.at(-1) ?? "",
      ctrlKey: keys.includes("Ctrl"),
      metaKey: keys.includes("Meta"),
      altKey: keys.includes("Alt"),
      shiftKey: keys.includes("Shift"),
    },
    { ...at, ...now },
  );
}

describe("the cursor's keys", () => {
  it.each<[string, SpanCommand]>([
    ["ArrowRight", { kind: "move", to: "right", by: "character", extend: false }],
    ["Ctrl+Shift+ArrowLeft", { kind: "move", to: "left", by: "word", extend: true }],
    ["Alt+ArrowLeft", { kind: "move", to: "left", by: "word", extend: false }],
    ["Shift+ArrowDown", { kind: "line", extend: true, forward: true, by: "line" }],
    ["Home", { kind: "line", extend: false, forward: false, by: "lineboundary" }],
    ["Ctrl+End", { kind: "move", to: "end", by: "character", extend: false }],
    ["Meta+ArrowRight", { kind: "line", extend: false, forward: true, by: "lineboundary" }],
    ["Ctrl+a", { kind: "all" }],
  ])("%s", (chord, command) => {
    expect(press(chord)).toEqual(command);
    expect(press(chord, { readOnly: true })).toEqual(command);
  });
});

describe("Enter", () => {
  it("marks what is selected, else selects the span there, else confirms the one that is selected", () => {
    expect(press("Enter", { hasStretch: true, hasSpan: true })).toEqual({ kind: "mark" });
    expect(press("Enter")).toEqual({ kind: "pick" });
    expect(press("Enter", { hasSpan: true })).toEqual({ kind: "confirm" });
  });

  it("goes on to the page where there is nothing to confirm or nothing may be changed", () => {
    expect(press("Enter", { hasSpan: true, canConfirm: false })).toBeNull();
    expect(press("Enter", { hasStretch: true, readOnly: true })).toBeNull();
    expect(press("Ctrl+Enter", { hasStretch: true })).toBeNull();
  });
});

describe("keys of the selected span", () => {
  it.each<[string, SpanCommand]>([
    ["[", { kind: "border", side: "start", direction: -1, by: "word", onScreen: false }],
    ["Shift+{", { kind: "border", side: "start", direction: 1, by: "word", onScreen: false }],
    ["]", { kind: "border", side: "end", direction: 1, by: "word", onScreen: false }],
    ["Shift+}", { kind: "border", side: "end", direction: -1, by: "word", onScreen: false }],
    ["Alt+ArrowRight", { kind: "border", side: "end", direction: 1, by: "character", onScreen: true }],
    [
      "Alt+Shift+ArrowLeft",
      { kind: "border", side: "start", direction: -1, by: "character", onScreen: true },
    ],
    ["Ctrl+Alt+ArrowLeft", { kind: "border", side: "end", direction: -1, by: "word", onScreen: true }],
    ["Delete", { kind: "remove" }],
    ["Backspace", { kind: "remove" }],
  ])("%s", (chord, command) => {
    expect(press(chord, { hasSpan: true })).toEqual(command);
    expect(press(chord, { hasSpan: true, readOnly: true })?.kind).not.toBe(command.kind);
    expect(press(chord)?.kind).not.toBe(command.kind);
  });

  it("take back a verdict where there is one", () => {
    expect(press("Backspace", { hasSpan: true, canClear: true })).toEqual({ kind: "clear" });
    expect(press("Delete", { hasSpan: true, canClear: true })).toEqual({ kind: "remove" });
  });

  it("move borders by character where words do not count", () => {
    expect(press("]", { hasSpan: true, wordSnapping: false })).toMatchObject({ by: "character" });
  });
});

it("chooses options by their keys, a capital too, and leaves all other keys to the page", () => {
  expect(press("2")).toEqual({ kind: "option", key: "2" });
  expect(press("Shift+P")).toEqual({ kind: "option", key: "p" });
  for (const chord of ["3", "j", "Ctrl+1", "Alt+1", "Tab", "Ctrl+z"]) expect(press(chord)).toBeNull();
  expect(press("2", { readOnly: true })).toBeNull();
});

it("goes from span to span, and gives up by Escape only what there is", () => {
  expect(press("Alt+ArrowDown")).toEqual({ kind: "neighbour", direction: 1 });
  expect(press("Alt+ArrowUp", { readOnly: true })).toEqual({ kind: "neighbour", direction: -1 });
  expect(press("Escape")).toBeNull();
  expect(press("Escape", { canLeave: true })).toEqual({ kind: "leave" });
});
