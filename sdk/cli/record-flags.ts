import type { Subset as SavedSubset } from "../../contracts/subsets";
import type { Subset } from "..";
import { usageError } from "./cli-error";
import type { Place } from "./command";
import { findNamed } from "./find-named";
import type { Flags } from "./flags";

/** Which records a command is about. */
export const recordFlags = {
  subset: { type: "string", value: "subset", help: "its records, by id or exact name" },
  query: { type: "string", value: "JSON", help: 'the records that it finds, as in \'{"keyword": "late"}\'' },
} as const;

type Asker = Pick<Place, "service"> & { signal: AbortSignal };

/** @returns undefined when neither was given: every record */
export async function chooseRecords({
  flags,
  ...asker
}: Asker & { flags: Flags<keyof typeof recordFlags> }): Promise<Subset | undefined> {
  const wanted = flags.text("subset");
  const query = flags.query("query");
  if (wanted !== undefined && query) throw usageError("Give --subset or --query, not both.");
  if (query) return asker.service.search({ query });
  return wanted === undefined ? undefined : findSubset(wanted, asker);
}

/** @param wanted its id or exact name */
export async function findSubset(wanted: string, { service, signal }: Asker): Promise<Subset> {
  const { id } = await findNamed(wanted, {
    kind: "subset",
    byId: (id) => service.client.get<SavedSubset>(`/subsets/${id}`, {}, { signal }),
    all: service.listSubsets({ signal }),
  });
  return service.getSubset(id, { signal });
}
