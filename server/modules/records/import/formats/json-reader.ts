import { AppError } from "@/server/platform/errors";
import { MAX_ROW_UNITS } from "../limits";

/** The JSON text of one row and where it starts. `cut` when it is too long to be one. */
export type JsonPiece = { line: number; text: string; cut: boolean };

/** Splits JSON Lines in pieces of any size and in the memory of one line; blank lines are no rows. */
export class JsonLinesReader {
  private line = 1;
  private text = "";
  private cut = false;

  *push(text: string): Generator<JsonPiece> {
    let from = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      this.keep(text.slice(from, end));
      const piece = this.take();
      this.line += 1;
      from = end + 1;
      if (piece) yield piece;
    }
    this.keep(text.slice(from));
  }

  end(): JsonPiece | undefined {
    return this.take();
  }

  private keep(text: string): void {
    const room = MAX_ROW_UNITS - this.text.length;
    if (text.length > room) this.cut = true;
    this.text += text.slice(0, room);
  }

  private take(): JsonPiece | undefined {
    const piece = { line: this.line, text: this.text, cut: this.cut };
    this.text = "";
    this.cut = false;
    return piece.text.trim() === "" ? undefined : piece;
  }
}

/**
 * Splits a JSON array into the texts of its elements, in pieces of any size and in the memory of one element.
 * Only brackets and strings are looked at: whether an element is JSON is its reader's to say.
 * @throws AppError `malformed` for what is no array, with the line
 */
export class JsonArrayReader {
  private line = 1;
  private where: "before" | "inside" | "after" = "before";
  private depth = 0;
  private inString = false;
  private escaped = false;
  private text = "";
  private cut = false;
  private startLine = 1;
  private elements = 0;

  *push(text: string): Generator<JsonPiece> {
    for (const unit of text) {
      if (unit === "\n") this.line += 1;
      if (this.where === "inside") {
        const piece = this.read(unit);
        if (piece) yield piece;
      } else if (unit.trim() !== "") {
        if (this.where === "after" || unit !== "[")
          throw this.malformed("A JSON file must be one array of objects");
        this.where = "inside";
      }
    }
  }

  end(): undefined {
    if (this.where !== "after") throw this.malformed("The array never ends");
  }

  private read(unit: string): JsonPiece | undefined {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (unit === "\\") this.escaped = true;
      else if (unit === '"') this.inString = false;
    } else if (unit === '"') this.inString = true;
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
    if (unit === "]") this.where = "after";
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
