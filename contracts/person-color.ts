/** How many colours the people share (app/tokens.css). */
const personColorCount = 12;

/**
 * The colour number (1–12) of a person, the same on every screen, for every reader and on the server.
 * FNV-1a over the id's UTF-16 units: ids made one after the other still get different colours.
 */
export function personColor(personId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < personId.length; index++) {
    hash = Math.imul(hash ^ personId.charCodeAt(index), 0x01000193);
  }
  return ((hash >>> 0) % personColorCount) + 1;
}
