import { AppError } from "@/server/platform/errors";
import type { FileBytes } from "../../stored-file";
import { damaged } from "./damaged";
import { type NumberKind, numberKind } from "./number-formats";
import { eachXml } from "./xml-events";
import { openZip, type ZipArchive } from "./zip-archive";

export type Workbook = {
  zip: ZipArchive;
  /** In the order of their tabs. */
  sheets: readonly { name: string; entry: string }[];
  /** How a cell of each style shows numbers. */
  kinds: readonly NumberKind[];
  from1904: boolean;
};

const MAX_SHEETS = 1000;
const MAX_STYLES = 100_000;
const MAX_LINKS = 100_000;
/** Characters kept of the name of a sheet, the code of a format and a place in the archive; Excel allows 31, 255, 255. */
const MAX_TEXT = 500;

const cut = (text: string): string => (text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text);

/** Opens an Excel workbook: its sheets and its number formats. @throws AppError `malformed_file` */
export async function openWorkbook(file: FileBytes): Promise<Workbook> {
  const zip = await openZip(file);
  if (!zip.has("xl/workbook.xml")) throw notAWorkbook(zip);
  const targets = await readTargets(zip);
  const { sheets, from1904 } = await readSheets(zip);
  const found = sheets.flatMap(({ name, link }) => {
    const entry = targets.get(link);
    return entry !== undefined && zip.has(entry) ? [{ name, entry }] : [];
  });
  if (found.length === 0) throw damaged("it has no sheet of cells");
  return { zip, sheets: found, kinds: await readKinds(zip), from1904 };
}

function notAWorkbook(zip: ZipArchive): AppError {
  const what = zip.has("content.xml")
    ? "The file is an OpenDocument spreadsheet. Save it as .xlsx or CSV and import that."
    : zip.has("xl/workbook.bin")
      ? "The file is a binary workbook (.xlsb). Save it as .xlsx and import that."
      : "The file is a ZIP archive without a workbook in it. Unpack it and import what is inside.";
  return new AppError("malformed_file", what, { errors: [{ path: "file", message: what }] });
}

/** Where the parts that the workbook names lie in the archive. */
async function readTargets(zip: ZipArchive): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await eachXml(zip.read("xl/_rels/workbook.xml.rels"), {
    open(name, { Id, Target = "", Type = "" }) {
      if (name === "Relationship" && Id !== undefined && Type.endsWith("/worksheet"))
        targets.set(cut(Id), cut(Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`));
      if (targets.size > MAX_LINKS) throw damaged("it has too many links");
    },
    text() {},
    close() {},
  });
  return targets;
}

async function readSheets(zip: ZipArchive) {
  const sheets: { name: string; link: string }[] = [];
  let from1904 = false;
  await eachXml(zip.read("xl/workbook.xml"), {
    open(name, attributes) {
      if (name === "workbookPr") from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const link = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1];
      sheets.push({ name: cut(attributes.name ?? ""), link: cut(link ?? "") });
      if (sheets.length > MAX_SHEETS) throw damaged("it has too many sheets");
    },
    text() {},
    close() {},
  });
  return { sheets, from1904 };
}

/** The kind of number of each cell style, in the order in which cells name them. */
async function readKinds(zip: ZipArchive): Promise<NumberKind[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCells = false;
  if (!zip.has("xl/styles.xml")) return [];
  await eachXml(zip.read("xl/styles.xml"), {
    open(name, { numFmtId = "0", formatCode = "" }) {
      if (name === "numFmt") codes.set(Number(numFmtId), cut(formatCode));
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) formats.push(Number(numFmtId));
      if (formats.length + codes.size > MAX_STYLES) throw damaged("it has too many styles");
    },
    text() {},
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return formats.map((id) => numberKind(id, codes.get(id)));
}
