import { isStorable } from "@/contracts/common";
import type { ImportOptions } from "@/contracts/imports";
import { AppError, type FieldError } from "@/server/platform/errors";
import { builtInNames } from "./built-in-metadata";
import { isLongerThan, MAX_METADATA_NAME } from "./limits";

/** Which columns of a file become what, by name. */
export type Mapping = {
  /** Null: the number of the row is the external id. */
  id: string | null;
  content: string;
  metadata: readonly string[];
  /** Every column that is not named above is metadata too; of JSON files, whose keys are not known beforehand. */
  rest: boolean;
};

type Asked = Pick<ImportOptions, "id" | "content" | "metadata" | "types" | "visibility"> &
  Partial<Pick<ImportOptions, "builtIn" | "nearDuplicates">>;

/** Names by which the column with the text is found when none is given. */
const CONTENT_NAMES = ["content", "text"];

/**
 * Decides what each column becomes.
 * @param present the file's columns, in their order
 * @throws AppError `invalid_mapping`, one problem for each wrong part, that lists the columns there are
 */
export function resolveMapping(present: readonly string[], asked: Asked): Mapping {
  const problems: FieldError[] = [];
  const have = `The file has: ${present.slice(0, 50).join(", ") || "no column"}${present.length > 50 ? ", …" : ""}.`;
  const require = (path: string, name: string) => {
    if (present.includes(name)) {
      if (present.indexOf(name) !== present.lastIndexOf(name))
        problems.push({ path, message: `Two columns are called "${name}"; rename one of them.` });
    } else problems.push({ path, message: `There is no column "${name}". ${have}` });
  };

  const content = asked.content ?? CONTENT_NAMES.find((name) => present.includes(name));
  if (content === undefined)
    problems.push({ path: "content", message: `Say which column holds the text: content=<column>. ${have}` });
  else require("content", content);
  if (asked.id !== undefined) require("id", asked.id);

  const { names, rest } = metadataNames(present, asked.metadata, [asked.id, content]);
  for (const name of names) {
    require("metadata", name);
    if (isLongerThan(name, MAX_METADATA_NAME) || !isStorable(name))
      problems.push({
        path: "metadata",
        message: `The column name "${name.slice(0, 40)}…" is longer than ${MAX_METADATA_NAME} characters or not valid text; rename it.`,
      });
  }
  const filled = builtInNames({ builtIn: [], nearDuplicates: "off", ...asked });
  for (const name of names)
    if (filled.includes(name))
      problems.push({
        path: "metadata",
        message: `"${name}" is worked out by the import itself. Rename the column, or do not ask for it.`,
      });
  for (const path of ["types", "visibility"] as const)
    for (const name of Object.keys(asked[path]))
      if (!names.includes(name) && !rest && !(path === "visibility" && filled.includes(name)))
        problems.push({ path, message: `"${name}" is not among the metadata of this import.` });

  if (problems.length > 0 || content === undefined) throw invalidMapping(problems);
  return { id: asked.id ?? null, content, metadata: names, rest };
}

/** Names may hold commas, so a value is a name when a column is called so, else a list of names. */
function metadataNames(present: readonly string[], asked: readonly string[], taken: (string | undefined)[]) {
  const named = asked.flatMap((value) =>
    present.includes(value)
      ? [value]
      : value
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name !== ""),
  );
  const rest = named.includes("*");
  const others = rest ? present.filter((name) => !taken.includes(name)) : [];
  return { names: [...new Set([...named.filter((name) => name !== "*"), ...others])], rest };
}

function invalidMapping(errors: FieldError[]): AppError {
  const detail = errors.map(({ message }) => message).join(" ");
  return new AppError("invalid_mapping", detail, { errors });
}
