/**
 * Unicode's simple lower case, character by character, as `lower(… collate "pg_c_utf8")` makes it. The one
 * character whose full lower case is two has the simple lower case "i".
 */
export const foldCase = (text: string): string =>
  Array.from(text, (char) => (char === "İ" ? "i" : char.toLowerCase())).join("");
