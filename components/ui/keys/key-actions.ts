import type { KeyBindings } from "@/contracts/key-bindings";

/**
 * Where an action's key works. "everywhere" and "lists" meet all others; "work" is deciding and annotating, "records"
 * the records screen: these two are never on one screen.
 */
type Where = "everywhere" | "lists" | "work" | "records";

type KeyAction = {
  where: Where;
  /** What the key does, as the sheet of keys says it. */
  does: string;
  /** The key that does it until somebody chooses another: a chord, see {@link chordOf}. */
  usual: string;
  /** Chords that do the same and stay. */
  also?: readonly string[];
};

/** Every action whose key a person may change, in the order in which the settings list them. */
export const keyActions = {
  "list.next": { where: "lists", does: "Next row", usual: "j", also: ["arrowdown"] },
  "list.above": { where: "lists", does: "Row above", usual: "k", also: ["arrowup"] },
  "list.choose": { where: "lists", does: "Select the row", usual: "x" },
  "list.find": { where: "lists", does: "Find words in the text", usual: "/" },
  "work.next": { where: "work", does: "Next free label", usual: "n" },
  "work.rest": { where: "work", does: "Confirm the rest of the list", usual: "b" },
  "work.undo": { where: "work", does: "Undo", usual: "u", also: ["mod+z"] },
  "work.redo": { where: "work", does: "Redo", usual: "shift+u", also: ["mod+shift+z"] },
  "work.view": { where: "work", does: "Table or focus", usual: "t" },
  "work.reason": { where: "work", does: "Say why you can't tell", usual: "." },
  "work.flag": { where: "work", does: "Flag the record", usual: "f" },
  "work.comment": { where: "work", does: "Comment on the record", usual: "c" },
  "records.conditions": { where: "records", does: "Show or hide the conditions", usual: "f" },
  "records.save": { where: "records", does: "Save the search as a subset", usual: "s" },
  "shell.sidebar": { where: "everywhere", does: "Fold the sidebar", usual: "[" },
  "shell.keys": { where: "everywhere", does: "Show the keyboard shortcuts", usual: "?" },
} as const satisfies Record<string, KeyAction>;

export type KeyActionId = keyof typeof keyActions;

export const keyActionIds = Object.keys(keyActions) as KeyActionId[];

const actionOf = (id: KeyActionId): KeyAction => keyActions[id];

/** Each action's own key now: the person's, else the usual one. What was kept for an action that is no more is left out. */
export function keysNow(bindings: KeyBindings): ReadonlyMap<KeyActionId, string> {
  return new Map(keyActionIds.map((id) => [id, bindings[id] ?? keyActions[id].usual]));
}

/** All chords that do an action: its own key, and those that stay. */
export const chordsOf = (id: KeyActionId, keys: ReadonlyMap<KeyActionId, string>): string[] => [
  keys.get(id) ?? keyActions[id].usual,
  ...(actionOf(id).also ?? []),
];

/** Keys that choose options, confirm, move and leave; they can't be given to anything else. */
const FIXED = /^(?:[0-9]|enter|escape|tab|space|backspace|delete|arrow.*|home|end|page.*)$/;

/** Why an action can't have a key, in words for a person; null: it can. */
export function keyProblem(
  id: KeyActionId,
  chord: string,
  keys: ReadonlyMap<KeyActionId, string>,
): string | null {
  const key = chord.split("+").pop() ?? "";
  if (/(?:^|\+)(?:mod|alt)\+/.test(chord))
    return "Ctrl, ⌘ and Alt belong to the browser. Choose another key.";
  if (FIXED.test(key)) return `${keyName(chord)} always does the same here. Choose another key.`;
  if (chord.startsWith("shift+") && key.length > 1) return "Choose a letter or a sign.";
  if (chord.startsWith("shift+") && selecting(id, key, keys))
    return `${keyName(chord)} extends the selection of rows. Choose another key.`;
  const other = keyActionIds.find(
    (one) =>
      one !== id &&
      mayMeet(keyActions[one].where, keyActions[id].where) &&
      chordsOf(one, keys).includes(chord),
  );
  return other ? `${keyName(chord)} is “${keyActions[other].does}”. Give that another key first.` : null;
}

/** In a list, Shift with the keys that move and choose chooses all rows on the way. */
const selecting = (id: KeyActionId, key: string, keys: ReadonlyMap<KeyActionId, string>): boolean =>
  keyActions[id].where === "lists" || moving.some((one) => keys.get(one) === key);
const moving = ["list.next", "list.above", "list.choose"] as const;

const mayMeet = (one: Where, other: Where): boolean =>
  one === other || [one, other].some((where) => where === "everywhere" || where === "lists");

type KeyPress = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/**
 * The chord of a key press, by the character and not the place on the keyboard: `n`, `shift+u`, `mod+z`, `arrowdown`.
 * Shift is not named where it only makes the character, as in `?`.
 */
export function chordOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyPress): string {
  const name = key === " " ? "space" : key.toLowerCase();
  const isSign = [...key].length === 1 && key.toLowerCase() === key.toUpperCase();
  return [
    ...(ctrlKey || metaKey ? ["mod"] : []),
    ...(altKey ? ["alt"] : []),
    ...(shiftKey && !isSign ? ["shift"] : []),
    name,
  ].join("+");
}

const names: Record<string, string> = {
  mod: "Ctrl",
  arrowdown: "↓",
  arrowup: "↑",
  arrowleft: "←",
  arrowright: "→",
  escape: "Esc",
  space: "Space",
};

/** A chord as people read it: `Shift+U`. */
export const keyName = (chord: string): string =>
  (chord === "+" ? ["+"] : chord.split("+"))
    .map((part) => names[part] ?? `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join("+");

/** Letters that an option of a label can't have as its key on a screen where one decides. */
export const takenByActions = (keys: ReadonlyMap<KeyActionId, string>): ReadonlySet<string> =>
  new Set(
    keyActionIds
      .filter((id) => keyActions[id].where !== "records")
      .map((id) => keys.get(id) ?? keyActions[id].usual)
      .concat("0"),
  );
