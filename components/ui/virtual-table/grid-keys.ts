export type GridKeyAction =
  | { kind: "move"; index: number; extend: boolean }
  | { kind: "open" }
  | { kind: "toggle"; extend: boolean }
  | { kind: "select-all" }
  | { kind: "clear" };

type KeyPress = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

type Place = {
  /** Index of the focused row, -1 when none is. */
  index: number;
  count: number;
  /** Rows that fit the window, for PageUp and PageDown. */
  page: number;
};

/** Letters that do the same as ↓, ↑ and Space, as the reader has them. */
export type GridLetters = { next: string; above: string; choose: string };

/**
 * What a key means in a table whose rows take the focus: arrows or letters move, Shift extends the selection,
 * Enter opens, Space or a letter selects, Ctrl+A selects all loaded, Escape clears. Null for every other key.
 */
export function gridKeyAction(
  press: KeyPress,
  { index, count, page }: Place,
  letters: GridLetters,
): GridKeyAction | null {
  const { shiftKey, altKey } = press;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const command = press.ctrlKey || press.metaKey;
  if (altKey || count === 0) return null;
  if (command) return key === "a" ? { kind: "select-all" } : null;

  const move = (to: number): GridKeyAction => ({
    kind: "move",
    index: Math.min(count - 1, Math.max(0, to)),
    extend: shiftKey,
  });
  switch (key) {
    case "ArrowDown":
    case letters.next:
      return move(index + 1);
    case "ArrowUp":
    case letters.above:
      return move(index < 0 ? 0 : index - 1);
    case "PageDown":
      return move(index + page);
    case "PageUp":
      return move(index - page);
    case "Home":
      return move(0);
    case "End":
      return move(count - 1);
    case "Enter":
      return index < 0 ? null : { kind: "open" };
    case " ":
    case letters.choose:
      return index < 0 ? null : { kind: "toggle", extend: shiftKey };
    case "Escape":
      return { kind: "clear" };
    default:
      return null;
  }
}
