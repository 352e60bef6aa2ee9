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

/**
 * What a key means in a table whose rows take the focus: arrows or J/K move, Shift extends the selection,
 * Enter opens, Space or X selects, Ctrl+A selects all loaded, Escape clears. Null for every other key.
 */
export function gridKeyAction(press: KeyPress, { index, count, page }: Place): GridKeyAction | null {
  const { key, shiftKey, altKey } = press;
  const command = press.ctrlKey || press.metaKey;
  if (altKey || count === 0) return null;
  if (command) return key.toLowerCase() === "a" ? { kind: "select-all" } : null;

  const move = (to: number): GridKeyAction => ({
    kind: "move",
    index: Math.min(count - 1, Math.max(0, to)),
    extend: shiftKey,
  });
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case "ArrowDown":
    case "j":
      return move(index + 1);
    case "ArrowUp":
    case "k":
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
    case "x":
      return index < 0 ? null : { kind: "toggle", extend: shiftKey };
    case "Escape":
      return { kind: "clear" };
    default:
      return null;
  }
}
