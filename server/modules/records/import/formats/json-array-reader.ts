import { AppError } from "@/server/platform/errors";
import { MAX_ROW_UNITS } from "../limits";
import type { JsonPiece } from "./json-reader";

/** `member`: between the members of the outer object; `skipped`: inside one that holds no rows. */
type Where = "before" | "member" | "skipped" | "inside" | "after";

/** Units kept of a member's name, and names kept: only to tell what there is. */
const MAX_NAME = 200;
const MAX_NAMES = 20;

/**
 * Splits a JSON array into the texts of its elements, in pieces of any size and in the memory of one element. The
 * array is the whole file, or the one member of an outer object that holds an array of objects. Only brackets and
 * strings are looked at: whether an element is JSON is its reader's to say.
 * @throws AppError `malformed_file` for what is neither, with the line
 */
export class JsonArrayReader {
  private line = 1;
  private where: Where = "before";
  private outer: "array" | "object" = "array";
  /** Brackets open inside the element, or inside the member that is passed over. */
  private depth = 0;
  private inString = false;
  private escaped = false;
  private text = "";
  private cut = false;
  private startLine = 1;
  private elements = 0;
  private name = "";
  private readonly rowMembers: string[] = [];
  private readonly members: string[] = [];

  *push(text: string): Generator<JsonPiece> {
    for (const unit of text) {
      if (unit === "\n") this.line += 1;
      if (this.where === "inside") {
        const piece = this.read(unit);
        if (piece) yield piece;
      } else if (this.where === "member" || this.where === "skipped") this.readMember(unit);
      else if (unit.trim() !== "") this.begin(unit);
    }
  }

  end(): undefined {
    if (this.where === "after" && this.outer === "object" && this.rowMembers.length === 0)
      throw this.malformed(
        `The file is one object, and none of its members holds an array of objects (it has: ${this.members.join(", ") || "none"}). A JSON file must be one array of objects, or an object with one; for one object a line say format=jsonl`,
      );
    if (this.where !== "after") throw this.malformed("The file ends in the middle of its rows");
  }

  private begin(unit: string): void {
    if (this.where === "after")
      throw this.malformed(
        this.outer === "object"
          ? "More text follows the object. For one object a line say format=jsonl"
          : "More text follows the array. A JSON file must be one array of objects",
      );
    if (unit !== "[" && unit !== "{") throw this.malformed("A JSON file must be one array of objects");
    this.outer = unit === "[" ? "array" : "object";
    this.where = unit === "[" ? "inside" : "member";
  }

  /** Looks, in the outer object, for a member whose value begins with `[` and `{`. */
  private readMember(unit: string): void {
    if (this.inString) {
      if (this.endsString(unit)) return;
      if (this.where === "member" && this.name.length < MAX_NAME) this.name += unit;
      return;
    }
    if (unit === '"') {
      this.inString = true;
      if (this.where === "member") this.name = "";
      else this.text += unit;
    } else if (this.where === "member") this.betweenMembers(unit);
    else this.passOver(unit);
  }

  private betweenMembers(unit: string): void {
    if (unit === ":") {
      if (this.members.length < MAX_NAMES) this.members.push(this.name);
      this.where = "skipped";
      this.text = "";
    } else if (unit === "}") this.where = "after";
    else if (unit !== "," && unit.trim() !== "") throw this.malformed("The object can't be read");
  }

  private passOver(unit: string): void {
    if (unit.trim() === "") return;
    if (this.depth === 0 && (unit === "," || unit === "}")) {
      this.where = unit === "," ? "member" : "after";
      return;
    }
    if (unit === "{" && this.depth === 1 && this.text === "[") {
      this.beginRows();
      return;
    }
    if (unit === "[" || unit === "{") this.depth += 1;
    else if (unit === "]" || unit === "}") this.depth -= 1;
    if (this.text.length < 2) this.text += unit;
  }

  private beginRows(): void {
    this.rowMembers.push(this.name);
    if (this.rowMembers.length > 1)
      throw this.malformed(
        `Several members of the object hold an array of objects ("${this.rowMembers.join('", "')}"), so it is not clear which are the rows. Save one of them as a file of its own`,
      );
    this.where = "inside";
    this.text = "{";
    this.startLine = this.line;
    this.depth = 1;
  }

  private endsString(unit: string): boolean {
    if (this.escaped) this.escaped = false;
    else if (unit === "\\") this.escaped = true;
    else if (unit === '"') {
      this.inString = false;
      return true;
    }
    return false;
  }

  private read(unit: string): JsonPiece | undefined {
    if (this.inString) this.endsString(unit);
    else if (unit === '"') this.inString = true;
    else if (unit === "{" || unit === "[") this.depth += 1;
    else if (this.depth > 0 && (unit === "}" || unit === "]")) this.depth -= 1;
    else if (this.depth === 0 && (unit === "," || unit === "]")) return this.endElement(unit);
    this.keep(unit);
  }

  private keep(unit: string): void {
    if (this.text === "") {
      if (unit.trim() === "") return;
      this.startLine = this.line;
    }
    if (this.text.length < MAX_ROW_UNITS) this.text += unit;
    else this.cut = true;
  }

  private endElement(unit: string): JsonPiece | undefined {
    if (unit === "]") this.where = this.outer === "array" ? "after" : "skipped";
    const piece = { line: this.startLine, text: this.text, cut: this.cut };
    this.text = "";
    this.cut = false;
    if (piece.text === "") {
      if (unit === "]" && this.elements === 0) return undefined;
      throw this.malformed("An element of the array is missing");
    }
    this.elements += 1;
    return piece;
  }

  private malformed(what: string): AppError {
    return new AppError("malformed_file", `${what} (line ${this.line}).`, {
      errors: [{ path: "file", message: `${what} (line ${this.line})` }],
    });
  }
}
