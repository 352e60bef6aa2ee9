import { z } from "zod";

const options = z.array(z.string());

/**
 * The options that the key of a value stands for: a text that begins with `[` is a JSON list of them, any other is the
 * one option itself.
 * @throws when a text that begins with `[` is no such list, which no key is
 */
export function optionsOfKey(key: string): string[] {
  return key.startsWith("[") ? options.parse(JSON.parse(key)) : [key];
}
