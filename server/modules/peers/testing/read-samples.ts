import { readFileSync } from "node:fs";
import { it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import { TextOffsets } from "@/contracts/text-offsets";
import { realInput } from "@/server/testing/real-inputs";
import { type PeerFormat, type PeerItem, type PeerLabel, parsePeer } from "..";

/** One item that must be readable. */
export function item(format: PeerFormat, value: unknown): PeerItem {
  const [only, ...more] = parsePeer(format, value as JsonValue);
  if (!only || "problem" in only || more.length > 0) throw new Error(JSON.stringify([only, ...more]));
  return only;
}
/** Why an item is refused. */
export const problem = (format: PeerFormat, value: unknown): string => {
  const [only] = parsePeer(format, value as JsonValue);
  return only && "problem" in only ? only.problem : "read";
};
/** A label in short: `annotator|label|values|text or conf`. */
const short = (content: string, { annotator, label, value, start, end, conf }: PeerLabel): string =>
  [
    annotator ?? "-",
    label ?? "-",
    value.join("+"),
    ...(start === undefined || end === undefined ? [] : [new TextOffsets(content).slice(start, end)]),
    ...(conf === undefined ? [] : [conf]),
  ].join("|");
/** The labels of an item in short. */
export const shorts = ({ content, labels }: PeerItem): string[] =>
  labels.map((label) => short(content, label));

/** Lines of a real file, each a JSON value. */
export const jsonLines = (text: string): unknown[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));

/** A test of a real file, skipped with the reason where it is not beside the repository. */
export function ofFile(name: string, what: string, test: (text: string) => void): void {
  const file = realInput(name);
  it.skipIf(file.missing)(`${what} (${file.reason} when skipped)`, () =>
    test(readFileSync(file.path, "utf8")),
  );
}
