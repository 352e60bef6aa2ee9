import type { Actor } from "@/server/modules/access";
import { type Db, getDb } from "@/server/platform/db";
import { env } from "@/server/platform/env";

/** What every procedure receives. */
export type ApiContext = {
  db: Db;
  actor: Actor | null;
  /** Client address, as far as trusted proxies say. */
  address: string | null;
  /** Origin that links shown to people start with, as in `https://tandem.example`. */
  publicUrl: string;
  /** Headers that an answer adds (a session cookie on joining). */
  responseHeaders: Headers;
  /** Set by a procedure whose REST status depends on what it found: 200 for an unchanged save. */
  answer: { status?: number };
};

export function createContext({ actor, address }: Pick<ApiContext, "actor" | "address">): ApiContext {
  return { actor, address, db: getDb(), publicUrl: env().url, responseHeaders: new Headers(), answer: {} };
}
