/** A token of the answer with its log-probability (natural logarithm) and the alternatives at its place. */
export type AnswerToken = TokenChoice & { top: TokenChoice[] };
export type TokenChoice = {
  token: string;
  logprob: number;
  /** The token's own bytes: a character of several bytes may be split between tokens. */
  bytes?: readonly number[] | null | undefined;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The bytes a token stands for: its own when the provider gave them, else those of its text. */
export function tokenBytes(choice: TokenChoice): Uint8Array {
  return choice.bytes ? Uint8Array.from(choice.bytes) : encoder.encode(choice.token);
}

export const encodeText = (text: string): Uint8Array => encoder.encode(text);

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Text of the bytes up to the last complete character, and the bytes of the one that has only begun. */
export function decodeBytes(bytes: Uint8Array): { text: string; pending: Uint8Array } {
  const complete = completeLength(bytes);
  return { text: decoder.decode(bytes.subarray(0, complete)), pending: bytes.subarray(complete) };
}

function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/**
 * Byte offset in the joined tokens at which the raw answer begins, or null when the tokens do not spell it.
 * Providers trim an answer now and then, hence the search.
 */
export function findAnswer(joined: Uint8Array, raw: string): number | null {
  const text = decoder.decode(joined);
  const at = text.indexOf(raw);
  return at < 0 ? null : encoder.encode(text.slice(0, at)).length;
}
