import type { FieldProblem } from "@/contracts/common";
import { AppError } from "@/server/platform/errors";
import { byteOrderMark } from "./encoding";

const SIGNATURES: readonly (readonly [what: string, bytes: string, advice?: string])[] = [
  [
    "an Excel workbook or another ZIP archive",
    "PK\x03\x04",
    "Import a workbook as format=xlsx; unpack an archive and import what is inside.",
  ],
  [
    "an old Excel workbook, or one with a password",
    "\xd0\xcf\x11\xe0",
    "Save it as .xlsx without a password and import that.",
  ],
  ["a Parquet file", "PAR1", "Import it as format=parquet."],
  ["compressed with gzip", "\x1f\x8b"],
  ["a PDF document", "%PDF"],
  ["an image", "\x89PNG"],
  ["an image", "GIF8"],
  ["an image", "\xff\xd8\xff"],
  ["a SQLite database", "SQLite format 3"],
];

const ADVICE = "Save it as CSV or JSON Lines and import that.";

function knownAs(head: Uint8Array): { what: string; advice: string } | undefined {
  const start = String.fromCharCode(...head.subarray(0, 16));
  const [what, , advice = ADVICE] = SIGNATURES.find(([, signature]) => start.startsWith(signature)) ?? [];
  return what === undefined ? undefined : { what, advice };
}

const OWN = {
  parquet: ["a Parquet file", "PAR1"],
  xlsx: ["an Excel workbook (.xlsx)", "PK\x03\x04"],
} as const;

/** Refuses a file that can't be Parquet or a workbook, by its first bytes. @throws AppError `malformed_file` */
export function requireSignature(head: Uint8Array, format: keyof typeof OWN): void {
  const [what, signature] = OWN[format];
  if (Buffer.from(head.subarray(0, 4)).toString("latin1") === signature) return;
  const known = knownAs(head);
  const message = `The file is not ${what}${known ? `: it is ${known.what}. ${known.advice}` : ". Say which format it has, as in format=csv."}`;
  throw new AppError("malformed_file", message, { errors: [{ path: "file", message }] });
}

/** Bytes that no text holds in any number: control characters other than white space. */
const isControl = (byte: number): boolean => (byte < 32 && (byte < 9 || byte > 13)) || byte === 127;

const MIN_CONTROLS = 16;
const MAX_CONTROL_SHARE = 0.05;

/**
 * Refuses what is plainly no text. A stray control character is left for its row's own refusal.
 * @param isUtf16 whether the caller said so, since UTF-16 is full of zero bytes
 * @throws AppError `binary_file`
 */
export function refuseBinary(head: Uint8Array, isUtf16: boolean): void {
  const known = knownAs(head);
  if (known) throw binary(`The file is ${known.what}. ${known.advice}`);
  if (isUtf16 || byteOrderMark(head)?.startsWith("utf-16")) return;
  const sample = head.subarray(0, 8192);
  const controls = sample.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  if (controls >= MIN_CONTROLS && controls > sample.length * MAX_CONTROL_SHARE)
    throw binary("The file is not text. Import CSV, TSV or JSON Lines, or say that its text is UTF-16.", {
      path: "encoding",
      message: "utf-16le reads text in UTF-16 that has no byte order mark",
    });
}

const binary = (message: string, ...ways: FieldProblem[]): AppError =>
  new AppError("binary_file", message, { errors: [{ path: "file", message }, ...ways] });
