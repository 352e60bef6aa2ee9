import { AppError } from "@/server/platform/errors";
import { MAX_ROW_UNITS } from "../limits";
import type { JsonPiece } from "./json-reader";

/**
 * Splits a file of JSON objects that follow one another, each over as many lines as it likes: one task saved by
 * itself, or JSON Lines under another name. In the memory of one object; only brackets and strings are looked at.
 * @throws AppError `malformed_file` for what stands between objects, with the line
 */
export class JsonObjectsReader {
  private line = 1;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private text = "";
  private cut = false;
  private startLine = 1;

  *push(text: string): Generator<JsonPiece> {
    for (const unit of text) {
      if (unit === "\n") this.line += 1;
      const isOver = this.read(unit);
      if (isOver) yield this.take();
    }
  }

  /** The last object, when the file ends in its middle: no JSON, as whoever reads it says. */
  end(): JsonPiece | undefined {
    return this.text === "" ? undefined : this.take();
  }

  private read(unit: string): boolean {
    if (this.depth === 0 && unit !== "{") {
      if (unit.trim() === "" || unit === ",") return false;
      const message = `Something that is no object stands between the objects (line ${this.line})`;
      throw new AppError("malformed_file", `${message}.`, { errors: [{ path: "file", message }] });
    }
    if (this.text === "") this.startLine = this.line;
    if (this.text.length < MAX_ROW_UNITS) this.text += unit;
    else this.cut = true;
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (unit === "\\") this.escaped = true;
      else if (unit === '"') this.inString = false;
    } else if (unit === '"') this.inString = true;
    else if (unit === "{" || unit === "[") this.depth += 1;
    else if (unit === "}" || unit === "]") this.depth -= 1;
    return this.depth === 0;
  }

  private take(): JsonPiece {
    const piece = { line: this.startLine, text: this.text, cut: this.cut };
    this.text = "";
    this.cut = false;
    return piece;
  }
}
