import { SaxesParser } from "saxes";
import { damaged } from "./damaged";

/** Names come without their prefix, attributes with theirs. */
export type XmlHandler = {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
};

/** Bytes that may come without any tag: longer than any cell, so nothing that a spreadsheet writes. */
const MAX_SILENCE = 8 * 1024 * 1024;
/** Elements that stand inside each other; a workbook has about ten. */
const MAX_LEVELS = 100;

/**
 * Tells a handler what stands in an XML file as its bytes come, in constant memory. Entities that the file itself
 * defines are not known, so none can multiply.
 * @returns the bytes read so far, after each piece
 * @throws AppError `malformed_file` for what is no XML
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
): AsyncGenerator<number> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder("utf-8");
  let total = 0;
  let heardAt = 0;
  let level = 0;
  parser.on("error", (error) => {
    throw damaged(error.message);
  });
  parser.on("opentag", ({ name, attributes }) => {
    heardAt = total;
    level += 1;
    if (level > MAX_LEVELS) throw damaged("it is nested too deep");
    handler.open(localName(name), attributes);
  });
  parser.on("text", (text) => handler.text(text));
  parser.on("cdata", (text) => handler.text(text));
  parser.on("closetag", ({ name }) => {
    heardAt = total;
    level -= 1;
    handler.close(localName(name));
  });
  for await (const piece of bytes) {
    parser.write(decoder.decode(piece, { stream: true }));
    total += piece.byteLength;
    if (total - heardAt > MAX_SILENCE) throw damaged("a cell is larger than 8 MB");
    yield total;
  }
  parser.write(decoder.decode());
  parser.close();
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Reads a whole XML file. */
export async function eachXml(bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(bytes, handler));
}
