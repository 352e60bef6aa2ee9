import { MAX_CELL_UNITS } from "../../limits";
import { damaged } from "./damaged";
import { unescapeText } from "./unescape-text";
import { eachXml } from "./xml-events";
import type { ZipArchive } from "./zip-archive";

const MAX_STRINGS = 8_000_000;
/** Bytes of all shared texts, which are held while the sheet is read. */
const MAX_BYTES = 256 * 1024 * 1024;
const PIECE = 4 * 1024 * 1024;

/** The texts that the cells of a workbook share, packed as UTF-8 outside JavaScript's heap. */
export class SharedStrings {
  private readonly pieces: Buffer[] = [];
  private room = 0;
  private bytes = 0;
  /** Of each text: number of its piece, beginning, length. */
  private places = new Uint32Array(3 * 1024);
  private count = 0;

  /** @throws AppError `malformed_file` for more texts than any workbook needs */
  add(text: string): void {
    const bytes = Buffer.from(text);
    this.bytes += bytes.length;
    if (this.bytes > MAX_BYTES || this.count >= MAX_STRINGS)
      throw damaged(`its texts are larger than ${MAX_BYTES / 1024 / 1024} MB. Save the sheet as CSV instead`);
    if (bytes.length > this.room) {
      this.room = Math.max(PIECE, bytes.length);
      this.pieces.push(Buffer.allocUnsafe(this.room));
    }
    const piece = this.pieces.length - 1;
    const start = (this.pieces[piece]?.length ?? 0) - this.room;
    this.pieces[piece]?.set(bytes, start);
    this.room -= bytes.length;
    if (3 * this.count + 3 > this.places.length) {
      const larger = new Uint32Array(this.places.length * 2);
      larger.set(this.places);
      this.places = larger;
    }
    this.places.set([piece, start, bytes.length], 3 * this.count);
    this.count += 1;
  }

  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.count)) return undefined;
    const [piece = 0, start = 0, length = 0] = this.places.subarray(3 * index, 3 * index + 3);
    return this.pieces[piece]?.toString("utf8", start, start + length);
  }
}

const ENTRY = "xl/sharedStrings.xml";

/** Reads the shared texts of a workbook; formatting inside them is passed over, and so is the reading aid of Japanese. */
export async function readSharedStrings(zip: ZipArchive, entry = ENTRY): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (!zip.has(entry)) return strings;
  let text = "";
  let inText = false;
  let aside = 0;
  await eachXml(zip.read(entry), {
    open(name) {
      if (name === "si") text = "";
      else if (name === "rPh") aside += 1;
      else inText = name === "t" && aside === 0;
    },
    text(part) {
      if (inText && text.length <= MAX_CELL_UNITS) text += part.slice(0, MAX_CELL_UNITS + 1);
    },
    close(name) {
      if (name === "si") strings.add(unescapeText(text));
      else if (name === "rPh") aside -= 1;
      inText = false;
    },
  });
  return strings;
}
