/**
 * The names that one project's queries may use for ids, and what a bare `conf` may mean. Without them only ids
 * are understood, and written.
 */
export type QueryNames = {
  annotators?: readonly { id: string; name: string }[];
  subsets?: readonly { id: string; name: string }[];
  /** Names of the labels in use. */
  labels?: readonly string[];
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const annotatorRef = /^(?:(?:job|user|imported):)?[0-9a-f-]{36}$/i;

/** Whether a text can only be an id. */
export const isId = (text: string): boolean => uuid.test(text);

/** Whether a text is an annotator's id in any of its forms. */
export const isAnnotatorRef = (text: string): boolean => annotatorRef.test(text);

/** The ids of what has this name; exactly the name before the name in another case. */
export function idsNamed(named: readonly { id: string; name: string }[] | undefined, name: string): string[] {
  const all = named ?? [];
  const exact = all.filter((one) => one.name === name);
  const found = exact.length > 0 ? exact : all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  return found.map(({ id }) => id);
}

/** The name that means this id and nothing else. */
export function nameOf(
  named: readonly { id: string; name: string }[] | undefined,
  id: string,
): string | undefined {
  const name = named?.find((one) => one.id === id)?.name;
  if (name === undefined || isAnnotatorRef(name)) return undefined;
  const [only, ...others] = idsNamed(named, name);
  return only === id && others.length === 0 ? name : undefined;
}
