/*
 * OpenAI Evals, samples in JSONL: https://github.com/openai/evals/blob/main/docs/build-eval.md (`input` as chat
 * messages or a text, `ideal` as the right answer or a list of answers that are all right).
 */
import type { JsonValue } from "@/contracts/common";
import { AppError } from "@/server/platform/errors";
import { onlyLabel } from "./group-labels";
import { entryOf, isObject, objectsOf, optionsOf, textOf } from "./json-access";
import { jsonLine } from "./json-files";
import { MetadataKeys } from "./metadata-keys";
import type { JsonObject, ParsedItems, ParseOptions, PeerFileFormat } from "./peer-item";

const keys = new MetadataKeys(["id", "input", "ideal"]);

/**
 * One sample: the last message of the user is the text, the messages before it are kept as metadata `messages`.
 * `ideal` is a label of the record without name or annotator; of several ideals each is an option.
 */
export function parseOpenAiEvals(value: JsonValue, options: ParseOptions = {}): ParsedItems {
  if (!isObject(value)) return [{ problem: 'A sample is an object such as {"input": […], "ideal": …}.' }];
  const input = entryOf(value, options.content ?? "input");
  const messages = objectsOf(input);
  const last = messages.findLastIndex(({ role }) => role === "user");
  const content = textOf(input) ?? textOf(messages[last < 0 ? messages.length - 1 : last]?.content);
  if (content === undefined) return [{ problem: 'The sample has no message with a text in "input".' }];
  const before = messages.filter((_, at) => at !== (last < 0 ? messages.length - 1 : last));
  const ideal = value.ideal === undefined || value.ideal === null ? [] : optionsOf(value.ideal);
  if (!ideal) return [{ problem: '"ideal" must be a text or a list of texts.' }];
  const externalId = textOf(entryOf(value, options.id ?? "id"));
  const metadata = keys.read(Object.fromEntries(Object.entries(value).filter(([key]) => key !== options.id)));
  return [
    {
      externalId,
      content,
      metadata: before.length > 0 ? { ...metadata, messages: before } : metadata,
      labels: ideal.length > 0 ? [{ label: null, level: "record", value: ideal }] : [],
      left: [],
    },
  ];
}

/** One sample for each label of a record, ready for `oaieval`. */
export const openAiEvalsFile: PeerFileFormat = {
  extension: "jsonl",
  contentType: "application/x-ndjson; charset=utf-8",
  losses: [
    "A sample has no name of its label: one file holds one record label; spans are left out.",
    "Annotators and confidence are left out: a record that several people labelled is several samples.",
    "Several options of one label become answers that are each right.",
    "A record without a label is left out.",
  ],
  open: (labels) => {
    if (!onlyLabel(labels, "record", "OpenAI Evals")) {
      const message = "A sample needs a label of the whole record; there is none.";
      throw new AppError("format_holds_less", message, { errors: [{ path: "label", message }] });
    }
    return {
      head: "",
      write: ({ externalId, content, metadata: { messages, ...metadata }, labels: given }) => {
        const before = objectsOf(messages);
        const isChat =
          before.length > 0 && before.every(({ role, content: text }) => textOf(role) && textOf(text));
        const input: JsonObject[] = [...(isChat ? before : []), { role: "user", content }];
        const facts = keys.write(isChat || messages === undefined ? metadata : { ...metadata, messages });
        return given
          .filter(({ level }) => level === "record")
          .map(({ value }) => {
            const ideal = value.length === 1 ? (value[0] ?? "") : [...value];
            return jsonLine({ input, ideal, id: externalId, ...facts });
          })
          .join("");
      },
      end: () => "",
    };
  },
};
