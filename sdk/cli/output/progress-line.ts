import { cut, plain, type Terminal } from "./terminal";

export type ProgressLine = {
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
};

const TO_THE_BEGINNING = "\r\u001b[K";

/** One line that changes in its place, where a person sees it; elsewhere nothing. */
export function progressLine(terminal: Terminal): ProgressLine {
  let shown = "";
  return {
    show(text) {
      const line = cut(plain(text), terminal.columns - 1);
      if (!terminal.isErrTty || line === shown) return;
      shown = line;
      terminal.err(`${TO_THE_BEGINNING}${line}`);
    },
    clear() {
      if (shown !== "") terminal.err(TO_THE_BEGINNING);
      shown = "";
    },
  };
}
