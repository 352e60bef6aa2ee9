import { makeZip } from "./make-zip";

/** A cell by its XML attributes and content: `{ t: "b", v: "1" }`. */
type RawCell = { t?: string; s?: number; v?: string; f?: string; is?: string };
export type Cell = string | number | null | RawCell;

const xmlText = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + (column % 26));

/** Styles that cells name: 0 plain, 1 date, 2 date and time, 3 time, 4 a format of the workbook's own, 5 money. */
const STYLES = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
  <numFmts><numFmt numFmtId="164" formatCode="[$-409]d&quot;th&quot; mmm yyyy"/><numFmt numFmtId="165" formatCode="&quot;day &quot;0.00"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="21"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>
</styleSheet>`;

export type WorkbookOptions = {
  /** Row numbers of the first sheet's rows, when they are not 1, 2, 3, … */
  numbers?: readonly number[];
  date1904?: boolean;
  /** Files put in place of, or beside, those of the workbook. */
  files?: Readonly<Record<string, string>>;
};

/** An Excel workbook by sheet name; texts are shared as spreadsheets do. */
export function makeWorkbook(
  sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>,
  { numbers, date1904 = false, files = {} }: WorkbookOptions = {},
): Buffer {
  const shared: string[] = [];
  const cellXml = (cell: Cell, address: string): string => {
    if (cell === null) return "";
    if (typeof cell === "number") return `<c r="${address}"><v>${cell}</v></c>`;
    if (typeof cell === "string") return `<c r="${address}" t="s"><v>${shared.push(cell) - 1}</v></c>`;
    const { t = "n", s = 0, v, f, is } = cell;
    const inner = [
      f === undefined ? "" : `<f>${xmlText(f)}</f>`,
      v === undefined ? "" : `<v>${xmlText(v)}</v>`,
      is === undefined ? "" : `<is>${is}</is>`,
    ];
    return `<c r="${address}" t="${t}" s="${s}">${inner.join("")}</c>`;
  };
  const names = Object.keys(sheets);
  const sheetXml = (rows: readonly (readonly Cell[])[], isFirst: boolean) => {
    const body = rows.map((cells, at) => {
      const number = (isFirst ? numbers?.[at] : undefined) ?? at + 1;
      const inner = cells.map((cell, column) => cellXml(cell, `${letters(column)}${number}`));
      return `<row r="${number}">${inner.join("")}</row>`;
    });
    return `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body.join("")}</sheetData></worksheet>`;
  };
  const sheetFiles = Object.fromEntries(
    names.map((name, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheets[name] ?? [], at === 0)]),
  );
  return makeZip({
    "xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${names
      .map((name, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${names
      .map(
        (_, at) =>
          `<Relationship Id="rId${at + 1}" Type="x/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
      )
      .join("")}</Relationships>`,
    "xl/styles.xml": STYLES,
    ...sheetFiles,
    "xl/sharedStrings.xml": `<sst>${shared
      .map((text) => `<si><t xml:space="preserve">${xmlText(text)}</t></si>`)
      .join("")}</sst>`,
    ...files,
  });
}
