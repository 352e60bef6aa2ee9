import { z } from "zod";

/** UUIDv7, lower case. */
export const id = z.uuid();

/** A project's slug or id, as it stands in a path. */
export const projectRef = z.string().min(1).max(64);

/** A label's name, as one asks for it. */
export const labelRef = z.string().min(1).max(100);

export const isoTime = z.iso.datetime();

/** A time that is compared with stored ones: PostgreSQL knows no year 0. */
export const askedTime = isoTime.refine((text) => !text.startsWith("0000"), "must be in the year 1 or later");

/** The number of a version of something, from 1; also as text, in an address. */
export const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

/** Lower and upper end. */
export const interval = z.tuple([z.number(), z.number()]);

/** Several values in an address, as `a,b` or repeated. */
export const several = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.split(",") : value),
    z.array(item).min(1).max(most),
  );

/** Seeds of samples are 0 to one less. */
export const SEEDS = 2 ** 31;
export const sampleSeed = z
  .number()
  .int()
  .min(0)
  .max(SEEDS - 1);

/** JSON scalars and structures that record and label metadata may hold. */
export const jsonValue = z.json();
export type JsonValue = z.infer<typeof jsonValue>;

/** Whether PostgreSQL can hold the text: no U+0000, no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

function isStorableJson(value: JsonValue): boolean {
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inside]) => isStorable(key) && isStorableJson(inside));
}
/** JSON that PostgreSQL can hold, in keys and values. */
export const storableJson = jsonValue.refine(isStorableJson, "must be valid Unicode without U+0000");

/** Any name a person gives: no control characters, no surrounding white space. */
export const displayName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(120, "must be at most 120 characters")
  .regex(/^\P{Cc}*$/u, "must not hold control characters");

export const note = z.string().trim().max(500, "must be at most 500 characters");

/** Input of every list: `limit` 1–1,000 (default 50) and an opaque `cursor`. */
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().max(4000).optional(),
});

/** Output of every list. `total` is exact when `totalExact`, else the bound that counting reached. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
    totalExact: z.boolean(),
  });
export type ListOf<T> = { items: T[]; nextCursor: string | null; total: number; totalExact: boolean };

/** One problem with one field; `path` is dotted, as in `model.temperature`. */
export const fieldProblem = z.object({ path: z.string(), message: z.string() });
export type FieldProblem = z.infer<typeof fieldProblem>;

/** The body of every error answer (RFC 9457). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** Stable, for programs: `invalid_mapping`, `forbidden`, … */
  code: z.string(),
  detail: z.string(),
  errors: z.array(fieldProblem).optional(),
});
export type Problem = z.infer<typeof problem>;
