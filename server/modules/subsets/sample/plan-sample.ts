import { isDeepStrictEqual } from "node:util";
import { MAX_STRATA, type SampleInput, type Stratum } from "@/contracts/subsets";
import { AppError } from "@/server/platform/errors";
import { allocateEqually, allocateProportionally } from "./allocate";

/** A stratum before the draw: its value and N_h. */
export type StratumSize = Pick<Stratum, "value" | "records">;

/**
 * How many records of each stratum a sample takes.
 * @param strata what the records were divided into; one when nothing divides them
 * @returns n_h in the order of `strata`
 * @throws AppError `invalid` with the path inside `sample`
 */
export function planSample(
  strata: readonly StratumSize[],
  { size, share, stratifyBy, allocation = "proportional" }: SampleInput,
): number[] {
  const sizes = strata.map(({ records }) => records);
  const all = sizes.reduce((sum, records) => sum + records, 0);
  if (all === 0) throw refusal("sample", "finds no records to draw from");
  if (strata.length > MAX_STRATA)
    throw refusal("sample.stratifyBy", `makes more than ${MAX_STRATA} strata; choose what has fewer values`);
  if (stratifyBy && strata.every(({ value }) => value === null))
    throw refusal("sample.stratifyBy", "names what no record here has");
  if (typeof allocation !== "string") return takeGiven(strata, allocation);
  const total = Math.min(all, size ?? Math.max(1, Math.round((share ?? 1) * all)));
  if (total < strata.length)
    throw refusal(
      share === undefined ? "sample.size" : "sample.share",
      `makes ${total} records, too few for one of each of the ${strata.length} strata; take more, or give an allocation`,
    );
  return allocation === "equal" ? allocateEqually(sizes, total) : allocateProportionally(sizes, total);
}

function takeGiven(
  strata: readonly StratumSize[],
  given: Exclude<SampleInput["allocation"], string | undefined>,
): number[] {
  const taken = new Map<StratumSize, number>();
  given.forEach(({ stratum, size }, index) => {
    const path = `sample.allocation.${index}`;
    const found = strata.find(({ value }) => isDeepStrictEqual(value, stratum));
    if (!found) throw refusal(`${path}.stratum`, "is the value of no stratum here");
    if (taken.has(found)) throw refusal(`${path}.stratum`, "is given twice");
    if (size > found.records)
      throw refusal(`${path}.size`, `is more than the ${found.records} records of this stratum`);
    taken.set(found, size);
  });
  if ([...taken.values()].every((size) => size === 0))
    throw refusal("sample.allocation", "takes no record at all");
  return strata.map((stratum) => taken.get(stratum) ?? 0);
}

/** What doesn't go together in a sample, whatever the records are. */
export function sampleConflicts(sample: SampleInput | undefined): { path: string; message: string }[] {
  if (!sample) return [];
  const { size, share, stratifyBy, allocation } = sample;
  const given = Array.isArray(allocation);
  const problems = [
    [size !== undefined && share !== undefined, "sample.share", "can't stand beside size"],
    [given && size !== undefined, "sample.size", "can't stand beside a given allocation, which says it"],
    [given && share !== undefined, "sample.share", "can't stand beside a given allocation, which says it"],
    [!given && size === undefined && share === undefined, "sample", "needs a size or a share"],
    [allocation !== undefined && !stratifyBy, "sample.allocation", "says nothing without stratifyBy"],
  ] as const;
  return problems.flatMap(([wrong, path, message]) => (wrong ? [{ path, message }] : []));
}

const refusal = (path: string, message: string) =>
  new AppError("invalid", `${path} ${message}.`, { errors: [{ path, message }] });
