import type { Vocabulary } from "@/components/query/vocabulary";
import { type JsonValue, SEEDS } from "@/contracts/common";
import type { SampleInput, StratifyBy } from "@/contracts/subsets";

/** A sample as it is typed; numbers are texts until they are right. */
export type SampleDraft = {
  sizeAs: "size" | "share";
  size: string;
  /** Per cent. */
  share: string;
  seed: string;
  /** The key of a {@link Division}; empty: nothing divides the records. */
  division: string;
  bins: string;
  allocation: "proportional" | "equal" | "given";
  /** By the JSON text of a stratum's value. */
  given: Readonly<Record<string, string>>;
  exclude: readonly string[];
};

/** The names that records can be divided by. */
export type SampleNames = Pick<Vocabulary, "labels" | "metadata" | "annotators">;

/** Something that can divide records into strata. */
export type Division = { key: string; label: string; by: StratifyBy };

export const newSampleDraft = (seed: number): SampleDraft => ({
  sizeAs: "size",
  size: "100",
  share: "10",
  seed: String(seed),
  division: "",
  bins: "10",
  allocation: "proportional",
  given: {},
  exclude: [],
});

/** Everything that the names of a project can divide records by. */
export function divisions({ labels, metadata, annotators }: SampleNames): Division[] {
  const byMetadata = metadata.map(
    ({ name }): Division => ({ key: `metadata ${name}`, label: name, by: { metadata: name } }),
  );
  const levels = new Map(labels.map(({ name, level }) => [name, level]));
  const given = annotators.flatMap(({ labels: theirs, ...annotator }) =>
    theirs.filter((label) => levels.get(label) !== "span").map((label) => ({ ...annotator, label })),
  );
  const byLabel = given.map(
    ({ id, name, label }): Division => ({
      key: `label ${id} ${label}`,
      label: `${label}, as ${name} labelled`,
      by: { label, annotator: id },
    }),
  );
  const byConfidence = given
    .filter(({ kind }) => kind === "job")
    .map(
      ({ id, name, label }): Division => ({
        key: `confidence ${id} ${label}`,
        label: `Confidence of ${name} in ${label}`,
        by: { confidence: { label, annotator: id }, bins: 10 },
      }),
    );
  return [...byMetadata, ...byLabel, ...byConfidence];
}

const wholeNumber = (text: string, from: number, to: number): number | null => {
  const number = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return number >= from && number <= to ? number : null;
};

export type SampleProblems = Partial<Record<"size" | "seed" | "bins" | "given", string>>;

/** The sample that a draft asks for; `sample` is null while something is wrong. */
export function readSampleDraft(
  draft: SampleDraft,
  known: readonly Division[],
): { sample: SampleInput | null; problems: SampleProblems } {
  const problems: SampleProblems = {};
  const division = known.find(({ key }) => key === draft.division);
  const seed = wholeNumber(draft.seed, 0, SEEDS - 1);
  if (seed === null) problems.seed = "The seed must be a whole number from 0 to 2147483647";
  const amount = readAmount(draft);
  if (amount === null)
    problems.size =
      draft.sizeAs === "size"
        ? "How many must be a whole number from 1 to 1000000"
        : "The share must be above 0 and at most 100 per cent";
  const bins = wholeNumber(draft.bins, 2, 100);
  const binned = division !== undefined && "confidence" in division.by;
  if (binned && bins === null) problems.bins = "Bins must be a whole number from 2 to 100";
  const isGiven = division !== undefined && draft.allocation === "given";
  const allocation = isGiven ? readGiven(draft.given) : draft.allocation;
  if (allocation === null) problems.given = "Give each stratum a whole number, at least one of them above 0";
  if (isGiven) delete problems.size;
  const stratifyBy =
    division && "confidence" in division.by && bins !== null ? { ...division.by, bins } : division?.by;
  if (Object.keys(problems).length > 0 || seed === null || allocation === "given" || allocation === null)
    return { sample: null, problems };
  return {
    sample: {
      seed,
      ...(isGiven ? {} : amount),
      ...(stratifyBy ? { stratifyBy, allocation } : {}),
    },
    problems,
  };
}

function readAmount({ sizeAs, size, share }: SampleDraft): { size: number } | { share: number } | null {
  if (sizeAs === "size") {
    const number = wholeNumber(size, 1, 1_000_000);
    return number === null ? null : { size: number };
  }
  const percent = /^\d{1,3}([.,]\d{1,4})?$/.test(share.trim()) ? Number(share.replace(",", ".")) : 0;
  return percent > 0 && percent <= 100 ? { share: percent / 100 } : null;
}

function readGiven(given: SampleDraft["given"]): { stratum: JsonValue; size: number }[] | null {
  const sizes = Object.entries(given).map(([key, text]) => {
    const stratum: JsonValue = JSON.parse(key);
    return { stratum, size: text.trim() === "" ? 0 : wholeNumber(text, 0, 1_000_000) };
  });
  const read = sizes.flatMap(({ stratum, size }) => (size === null ? [] : [{ stratum, size }]));
  return read.length < sizes.length || !read.some(({ size }) => size > 0) ? null : read;
}

/** A stratum's value in words. */
export function stratumWords(value: JsonValue, by: StratifyBy | undefined): string {
  if (!by) return "All records";
  if (value === null) return "None";
  if ("confidence" in by && Array.isArray(value)) return `${value[0]} to ${value[1]}`;
  if (Array.isArray(value) && "label" in by) return value.length === 0 ? "No option" : value.join(", ");
  return typeof value === "string" ? value || "Empty text" : JSON.stringify(value);
}
