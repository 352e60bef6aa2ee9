/** How many colours the people share (app/tokens.css). */
export const personColorCount = 12;

/**
 * The colour number (1–12) of a person, the same on every screen and for every reader.
 * FNV-1a over the id's UTF-16 units: ids made one after the other still get different colours.
 */
export function personColor(personId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < personId.length; index++) {
    hash = Math.imul(hash ^ personId.charCodeAt(index), 0x01000193);
  }
  return ((hash >>> 0) % personColorCount) + 1;
}

/** One or two letters of a name: first and last word's first letter. "?" for an empty name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("") || "?";
}
