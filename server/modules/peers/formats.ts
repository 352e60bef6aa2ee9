import type { JsonValue } from "@/contracts/common";
import { argillaFile, parseArgilla } from "./argilla";
import { conllFile } from "./conll";
import { doccanoFile, parseDoccano } from "./doccano";
import { labelStudioFile, parseLabelStudio } from "./labelstudio";
import { parseMeganno } from "./meganno";
import { openAiEvalsFile, parseOpenAiEvals } from "./openai-evals";
import type { ParsedItems, ParseOptions, PeerFileFormat } from "./peer-item";
import { parseSpacy, spacyFile } from "./spacy";
import { parseTandem } from "./tandem";

/** Formats whose items are JSON values, or rows of a table as objects. CoNLL has sentences instead. */
const parsers = {
  labelstudio: parseLabelStudio,
  doccano: parseDoccano,
  argilla: parseArgilla,
  "openai-evals": parseOpenAiEvals,
  meganno: parseMeganno,
  spacy: parseSpacy,
  tandem: parseTandem,
} satisfies Record<string, (value: JsonValue, options?: ParseOptions) => ParsedItems>;
export type PeerFormat = keyof typeof parsers;

/** Reads one item of a file; never throws, whatever the item holds. */
export const parsePeer = (format: PeerFormat, value: JsonValue, options: ParseOptions = {}): ParsedItems =>
  parsers[format](value, options);

/** The formats that files are written in. */
export const peerFiles = {
  labelstudio: labelStudioFile,
  doccano: doccanoFile,
  argilla: argillaFile,
  "openai-evals": openAiEvalsFile,
  conll: conllFile,
  spacy: spacyFile,
} as const satisfies Record<string, PeerFileFormat>;
