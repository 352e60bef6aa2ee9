import type { Actor } from "@/server/modules/access";
import { type Db, getDb } from "@/server/platform/db";

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
};

export function createContext(parts: Omit<ApiContext, "db" | "responseHeaders">): ApiContext {
  return { ...parts, db: getDb(), responseHeaders: new Headers() };
}
