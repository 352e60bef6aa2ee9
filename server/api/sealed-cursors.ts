import { z } from "zod";
import { sha256, signText, verifyText } from "@/server/platform/crypto";
import { AppError } from "@/server/platform/errors";

const PURPOSE = "list cursor";
/** What may differ from page to page. A project has two names, and `direction` is what the browser's library adds. */
const FREE = new Set(["cursor", "limit", "project", "total", "direction"]);

const pageInput = z.looseObject({ cursor: z.string().max(64_000) });
const pageOutput = z.looseObject({ items: z.array(z.unknown()), nextCursor: z.string() });
const sealed = z.tuple([z.string(), z.string()]);

/** The question that a list answers: a cursor goes on with it and with no other. */
function bindingOf(list: string, input: unknown): string {
  const asked = Object.entries(typeof input === "object" ? (input ?? {}) : {})
    .filter(([name, value]) => !FREE.has(name) && value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify([list, asked])).slice(0, 32);
}

/**
 * The input with the cursor as the use case made it.
 * @param list the procedure's name
 * @throws AppError `invalid_cursor` when it was not made by this list for this question
 */
export function openCursor(list: string, input: unknown, secret: string): unknown {
  const page = pageInput.safeParse(input);
  if (!page.success) return input;
  const text = verifyText(page.data.cursor, secret, PURPOSE);
  const [binding, cursor] = text === null ? [] : sealed.parse(JSON.parse(text));
  if (binding === bindingOf(list, input)) return { ...page.data, cursor };
  throw new AppError(
    "invalid_cursor",
    "The cursor does not belong to this list and its filters. Start again without a cursor.",
    { errors: [{ path: "cursor", message: "belongs to another list or to other filters" }] },
  );
}

/** A page whose cursor is opaque, signed, and bound to the question; anything else as it is. */
export function sealCursor(list: string, input: unknown, output: unknown, secret: string): unknown {
  const page = pageOutput.safeParse(output);
  if (!page.success) return output;
  const text = JSON.stringify([bindingOf(list, input), page.data.nextCursor]);
  return { ...page.data, nextCursor: signText(text, secret, PURPOSE) };
}
