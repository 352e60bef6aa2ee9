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
