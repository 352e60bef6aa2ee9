import type { z } from "zod";
import type { CompareOp, Query, sort } from "../contracts/query";

/**
 * What a search can be narrowed by. Everything given must hold; what is said of labels must hold on one and the same
 * annotation. The names are MEGAnno's; `query` is the whole language, and goes beside them.
 */
export type SearchOptions = {
  query?: Query;
  /** By default the order of the import. */
  sort?: z.input<typeof sort>;
  /** Only the first so many. */
  limit?: number;
  /** So many of the first are passed over. */
  skip?: number;
  /** Records' ids, at most 10,000. */
  uuidList?: string[];
  /** Part of the text, whatever its case unless `caseSensitive`. */
  keyword?: string;
  caseSensitive?: boolean;
  /** RE2, found anywhere in the text. */
  regex?: string;
  recordMetadataCondition?: Condition<CompareOp>;
  /** People's and jobs' ids: whose labels are meant. */
  annotatorList?: string[];
  labelCondition?: Condition<LabelOp, string | string[]>;
  /** As in `{labelName: "sentiment", name: "conf", operator: "<", value: 0.99}`. */
  labelMetadataCondition?: Condition<CompareOp> & { labelName: string };
  verificationCondition?: { labelName: string; searchMode: "ALL" | "UNVERIFIED" | "VERIFIED" };
};
type Scalar = string | number | boolean;
type Condition<Op, Value = Scalar> = { name: string; operator: Op; value?: Value };
type LabelOp = "==" | "!=" | "exists" | "missing" | "conflicts" | "doubted";

/** The query of a search; undefined: every record. */
export function queryOf(options: SearchOptions): Query | undefined {
  const { query, uuidList, keyword, caseSensitive, regex, recordMetadataCondition } = options;
  const parts: Query[] = [
    ...(query && Object.keys(query).length > 0 ? [query] : []),
    ...(uuidList ? [{ ids: uuidList }] : []),
    ...(keyword === undefined ? [] : [{ keyword, ...(caseSensitive ? { caseSensitive } : {}) }]),
    ...(regex === undefined ? [] : [{ regex }]),
    ...(recordMetadataCondition ? [{ metadata: conditionOf(recordMetadataCondition) }] : []),
    ...labelParts(options),
  ];
  return allOf(parts);
}

/** Direct children of one `and` that name the same label and annotators hold on one annotation. */
function labelParts(options: SearchOptions): Query[] {
  const { annotatorList, labelCondition, labelMetadataCondition, verificationCondition } = options;
  const annotators = annotatorList ? { annotators: annotatorList } : {};
  const jobIds = annotatorList ? { jobIds: annotatorList } : {};
  const parts: Query[] = [];
  if (labelCondition) parts.push({ label: { ...conditionOf(labelCondition), ...annotators } });
  if (labelMetadataCondition) {
    const { labelName, ...condition } = labelMetadataCondition;
    parts.push({ labelMetadata: { label: labelName, ...conditionOf(condition), ...annotators } });
  }
  if (verificationCondition) {
    const { labelName, searchMode } = verificationCondition;
    parts.push({ verification: { label: labelName, mode: searchMode, ...jobIds } });
  }
  return parts.length === 0 && annotatorList ? [{ annotator: annotatorList }] : parts;
}

function conditionOf<Op, Value>({ name, operator, value }: Condition<Op, Value>) {
  return { name, op: operator, ...(value === undefined ? {} : { value }) };
}

/** One level of `and` where the parts are such themselves, so that what they say of labels stays together. */
export function allOf(parts: readonly Query[]): Query | undefined {
  const flat = parts.flatMap((part) => ("and" in part ? part.and : [part]));
  return flat.length > 1 ? { and: flat } : flat[0];
}
