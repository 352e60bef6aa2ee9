import type { JsonValue } from "@/contracts/common";
import { argillaFile, parseArgilla } from "./argilla";
import { conllFile, parseConll } from "./conll";
import { doccanoFile, parseDoccano } from "./doccano";
import { labelStudioFile, parseLabelStudio } from "./labelstudio";
import { parseMeganno } from "./meganno";
import { openAiEvalsFile, parseOpenAiEvals } from "./openai-evals";
import type { ParsedItems, ParseOptions, PeerFileFormat } from "./peer-item";
import { parseSpacy, spacyFile } from "./spacy";
import { parseTandem } from "./tandem";

/** An item is a JSON value or a row of a table as an object; of CoNLL it is a block that `ConllReader` found. */
const parsers = {
  labelstudio: parseLabelStudio,
  doccano: parseDoccano,
  argilla: parseArgilla,
  "openai-evals": parseOpenAiEvals,
  meganno: parseMeganno,
  conll: parseConll,
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
