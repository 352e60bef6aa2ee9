import { z } from "zod";
import { sha256, signText, verifyText } from "@/server/platform/crypto";
import { AppError } from "@/server/platform/errors";

const PURPOSE = "search cursor";
const cursorBody = z.strictObject({ b: z.string(), v: z.array(z.string()) });

/** What a cursor belongs to: the same caller's same question. Any change makes another cursor. */
export const cursorBinding = (question: unknown): string => sha256(JSON.stringify(question)).slice(0, 32);

/**
 * The place after a record in an order, opaque and signed, bound to one question.
 * @param values the record's sort columns, as PostgreSQL writes them
 */
export function writeCursor(values: readonly string[], binding: string, secret: string): string {
  return signText(JSON.stringify({ b: binding, v: values }), secret, PURPOSE);
}

/**
 * The values of a cursor that {@link writeCursor} made for the same question.
 * @throws AppError `invalid_cursor`
 */
export function readCursor(cursor: string, binding: string, length: number, secret: string): string[] {
  const text = verifyText(cursor, secret, PURPOSE);
  const body = text === null ? null : cursorBody.parse(JSON.parse(text));
  if (!body || body.b !== binding || body.v.length !== length)
    throw new AppError(
      "invalid_cursor",
      "The cursor does not belong to this query and order. Start again without a cursor.",
      { errors: [{ path: "cursor", message: "belongs to another query or order" }] },
    );
  return body.v;
}
