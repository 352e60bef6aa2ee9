import type { Predicate } from "../query";
import type { QueryNames } from "./names";
import {
  readAnnotators,
  readBorders,
  readComparison,
  readName,
  readOptions,
  takeTest,
  wrongNext,
} from "./read-values";
import type { Scanner } from "./scanner";

const states = ["exists", "missing", "conflicts", "doubted"] as const;
const modes = { verified: "VERIFIED", unverified: "UNVERIFIED", labelled: "ALL" } as const;
const statuses = { confirmed: "CONFIRMS", corrected: "CORRECTS", unsure: "UNSURE" } as const;

/** What stands behind `label:`: a name, and a test of the label, of its metadata or of its verdicts. */
export function readLabel(scanner: Scanner, names: QueryNames): Predicate {
  const name = readName(scanner, "label:");
  if (scanner.startsWith(".")) return readLabelMetadata(scanner, names, name);
  const state = scanner.takeKeyword(...states);
  if (state) {
    const value = startsValue(scanner) ? { value: readOptions(scanner, state.text) } : {};
    return { label: { name, op: state.text, ...value, ...readClauses(scanner, names) } };
  }
  const verification = readVerification(scanner, names, name);
  if (verification) return verification;
  const next = scanner.peekOperator();
  if (next?.text !== "=" && next?.text !== "==" && next?.text !== "!=")
    throw wrongNext(
      scanner,
      `Expected =, !=, exists, missing, conflicts, doubted, verified, unverified, confirmed or corrected after "label:${name}".`,
    );
  const op = readComparison(scanner, name) === "!=" ? "!=" : "==";
  return { label: { name, op, value: readOptions(scanner, next.text), ...readClauses(scanner, names) } };
}

function readLabelMetadata(scanner: Scanner, names: QueryNames, label: string): Predicate {
  scanner.at += 1;
  const name = readName(scanner, ".");
  const test = takeTest(scanner, name);
  if (!test) throw wrongNext(scanner, `Expected =, !=, <, <=, >, >=, exists or missing after "${name}".`);
  const by = scanner.takeKeyword("by") ? { annotators: readAnnotators(scanner, names, "by") } : {};
  return { labelMetadata: { label, name, ...test, ...by } };
}

function readVerification(scanner: Scanner, names: QueryNames, label: string): Predicate | null {
  const mode = scanner.takeKeyword("verified", "unverified", "labelled");
  const status = scanner.takeKeyword("confirmed", "corrected", "unsure");
  if (!mode && !status) return null;
  return {
    verification: {
      label,
      mode: mode ? modes[mode.text] : "VERIFIED",
      ...(scanner.takeKeyword("of") ? { jobIds: readAnnotators(scanner, names, "of") } : {}),
      ...(status ? { status: statuses[status.text] } : {}),
      ...(scanner.takeKeyword("by") ? { verifierIds: readAnnotators(scanner, names, "by") } : {}),
    },
  };
}

/** `by …` and `at 3-7`, in either order. */
function readClauses(
  scanner: Scanner,
  names: QueryNames,
): { annotators?: string[]; start?: number; end?: number } {
  const clause = scanner.takeKeyword("by", "at");
  if (!clause) return {};
  const read =
    clause.text === "by" ? { annotators: readAnnotators(scanner, names, "by") } : readBorders(scanner);
  return { ...read, ...readClauses(scanner, names) };
}

/** Behind a state only a value in brackets or quotation marks is one; a word goes on with the query. */
function startsValue(scanner: Scanner): boolean {
  scanner.skipBlanks();
  return scanner.startsWith('"') || scanner.startsWith("[");
}
