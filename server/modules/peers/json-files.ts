import type { JsonValue } from "@/contracts/common";

/** Joins the elements of one JSON array, each on lines of its own. */
export function arrayWriter(): { head: string; element: (value: JsonValue) => string; end: () => string } {
  let count = 0;
  return {
    head: "[",
    element: (value) => {
      count += 1;
      return `${count === 1 ? "\n" : ",\n"}${JSON.stringify(value)}`;
    },
    end: () => (count === 0 ? "]\n" : "\n]\n"),
  };
}

/** One JSON value a line. */
export const jsonLine = (value: JsonValue): string => `${JSON.stringify(value)}\n`;
