import type { JsonValue } from "@/contracts/common";
import type { SortKey } from "@/contracts/query";
import { byCodePoint } from "@/server/platform/code-point-order";
import type { Eyes, WorldRecord } from "./world";

type Compare = (a: WorldRecord, b: WorldRecord) => number;

/** How two records of a world stand to each other: by each key in turn, then by position. */
export function comparison(sort: readonly SortKey[], eyes: Eyes): Compare {
  const compares = sort.map((key) => compareBy(key, eyes));
  return (a, b) => {
    for (const compare of compares) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return a.position - b.position;
  };
}

function compareBy(key: SortKey, eyes: Eyes): Compare {
  const turn = key.order === "asc" ? 1 : -1;
  const { by } = key;
  if (by === "position") return (a, b) => turn * (a.position - b.position);
  if (by === "externalId") return (a, b) => turn * byCodePoint(a.externalId, b.externalId);
  if (by === "createdAt") return (a, b) => turn * (a.createdAt.getTime() - b.createdAt.getTime());
  if (by === "conf")
    return absentLast(
      turn,
      (record) => confOf(record, key, eyes),
      (a, b) => a - b,
    );
  const name = by.slice("metadata.".length);
  const hidden = eyes.viewer.kind === "annotator" && !eyes.viewer.shownMetadata.includes(name);
  return absentLast(turn, ({ metadata }) => (hidden ? null : (metadata[name] ?? null)), compareJson);
}

/** Records without a value come last, whichever way round the others are. */
function absentLast<T>(
  turn: number,
  read: (record: WorldRecord) => T | null,
  compare: (a: T, b: T) => number,
): Compare {
  return (a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return turn * compare(left, right);
  };
}

/** The least certain of the labels meant when the least certain come first, else the most certain. */
function confOf({ id }: WorldRecord, key: SortKey, { world, viewer }: Eyes): number | null {
  const annotator = key.annotator?.replace(/^\w+:/, "").toLowerCase();
  const oneLabel = key.label !== undefined && annotator !== undefined;
  const confs = world.annotations.flatMap(({ recordId, annotatorId, label, start, conf }) =>
    recordId === id &&
    (viewer.kind === "team" || annotatorId === viewer.userId) &&
    (key.label === undefined || label === key.label) &&
    (annotator === undefined || annotatorId === annotator) &&
    (!oneLabel || start < 0) &&
    conf !== null
      ? [conf]
      : [],
  );
  if (confs.length === 0) return null;
  return key.order === "asc" ? Math.min(...confs) : Math.max(...confs);
}

/** Numbers, texts, booleans, then everything else, which is all alike. */
function compareJson(a: JsonValue, b: JsonValue): number {
  const rank = (value: JsonValue) => {
    const place = ["number", "string", "boolean"].indexOf(typeof value);
    return place < 0 ? 3 : place;
  };
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return rank(a) === 3 ? 0 : byCodePoint(String(a), String(b));
}
