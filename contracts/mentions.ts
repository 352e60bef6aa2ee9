import { isStorable } from "./common";

/** How a comment's text names a member: `@{<user id>}`. What stands there on screen is the person's name of today. */
const token = /@\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}/gi;

/** People that one comment may mention. */
export const MAX_MENTIONS = 20;

export type Mentioned = { id: string; name: string };

/** The people whom a comment's text mentions: each id once, lower case, in the order of first mention. */
export const mentionedIds = (body: string): string[] => [
  ...new Set([...body.matchAll(token)].map(([, id = ""]) => id.toLowerCase())),
];

/** The text with each mention replaced; `write` gets null for who is not among `people`. */
function replaceMentions(
  body: string,
  people: readonly Mentioned[],
  write: (person: Mentioned | null) => string,
): string {
  return body.replace(token, (_, id: string) =>
    write(people.find((person) => person.id === id.toLowerCase()) ?? null),
  );
}

const UNKNOWN = "somebody";

/** The text as Markdown, mentions in bold; a name is only ever a name, whatever signs it holds. */
export const mentionsAsMarkdown = (body: string, people: readonly Mentioned[]): string =>
  replaceMentions(body, people, (person) => `**@${escapeMarkdown(person?.name ?? UNKNOWN)}**`);

const escapeMarkdown = (text: string): string => text.replaceAll(/[!-/:-@[-`{-~]/g, "\\$&");

/** A person as an editor shows them: `handle` is what follows the `@`, different for each person in one text. */
export type Handle = Mentioned & { handle: string };

/** The handle of a person beside those already in the text; of two people with one name the later gets a number. */
export function handleFor(person: Mentioned, taken: readonly Handle[]): Handle {
  const known = taken.find(({ id }) => id === person.id);
  if (known) return known;
  const isTaken = (handle: string) => taken.some((other) => other.handle === handle);
  let handle = person.name;
  for (let number = 2; isTaken(handle); number++) handle = `${person.name} (${number})`;
  return { ...person, handle };
}

/** What an editor shows of a stored text, and whom it knows: the opposite of {@link toStored}. */
export function toEditable(body: string, people: readonly Mentioned[]): { text: string; handles: Handle[] } {
  const handles: Handle[] = [];
  const text = replaceMentions(body, people, (person) => {
    if (!person) return `@${UNKNOWN}`;
    const found = handleFor(person, handles);
    if (!handles.includes(found)) handles.push(found);
    return `@${found.handle}`;
  });
  return { text, handles };
}

/**
 * The text to store: `@handle` of the people picked becomes their mention, the longest handle first, and only where
 * no letter or digit follows. What looks like a mention but was typed by hand stays text.
 */
export function toStored(text: string, picked: readonly Handle[]): string {
  const longestFirst = picked.toSorted((one, other) => other.handle.length - one.handle.length);
  let stored = "";
  for (let at = 0; at < text.length; ) {
    const person =
      text[at] === "@"
        ? longestFirst.find(
            ({ handle }) =>
              text.startsWith(handle, at + 1) && !/^[\p{L}\p{N}]/u.test(text.slice(at + 1 + handle.length)),
          )
        : undefined;
    if (person) {
      stored += `@{${person.id}}`;
      at += 1 + person.handle.length;
    } else {
      stored += text[at];
      at++;
    }
  }
  return stored;
}

/** The `@` that is being typed at the cursor: where it stands and the words after it; null when there is none. */
export function openMention(text: string, cursor: number): { at: number; words: string } | null {
  const before = text.slice(0, cursor);
  const at = before.lastIndexOf("@");
  if (at === -1 || /[\p{L}\p{N}]$/u.test(before.slice(0, at))) return null;
  const words = before.slice(at + 1);
  return words.length <= 40 && isStorable(words) && /^(?:\S+ ?){0,3}$/u.test(words) ? { at, words } : null;
}
