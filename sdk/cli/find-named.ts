import { TandemError } from "..";
import { CliError } from "./cli-error";
import { plain } from "./output/terminal";

type Named = { id: string; name: string; createdAt: string; createdBy: { name: string } };
type Search<T> = {
  /** As in "subset". */
  kind: string;
  byId(id: string): Promise<T>;
  all: AsyncIterable<T>;
};

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Names that are told where none fits. */
const TOLD = 10;

/**
 * Finds what a person calls by its id or its exact name.
 * @throws CliError when there is none, and when there are several, which it names
 */
export async function findNamed<T extends Named>(wanted: string, { kind, byId, all }: Search<T>): Promise<T> {
  if (ID.test(wanted)) {
    const found = await byId(wanted.toLowerCase()).catch(unlessMissing);
    if (found) return found;
  }
  const found: T[] = [];
  const others: string[] = [];
  for await (const one of all) {
    if (one.name === wanted) found.push(one);
    else if (others.length <= TOLD) others.push(plain(one.name));
  }
  const [first, second] = found;
  if (first && !second) return first;
  if (first)
    throw new CliError(
      `${found.length} ${kind}s are called "${plain(wanted)}"; give the id: ${listed(found)}.`,
    );
  const known = others.length === 0 ? "The project has none." : `There are: ${namesOf(others)}.`;
  throw new CliError(`No ${kind} is called "${plain(wanted)}", and none has that id. ${known}`);
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof TandemError && error.status === 404) return undefined;
  throw error;
}

const listed = (found: readonly Named[]): string =>
  found
    .map(({ id, createdBy, createdAt }) => `${id} (${plain(createdBy.name)}, ${createdAt.slice(0, 10)})`)
    .join("; ");

const namesOf = (names: readonly string[]): string =>
  `${names.slice(0, TOLD).join(", ")}${names.length > TOLD ? ", …" : ""}`;
