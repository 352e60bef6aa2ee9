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
  /** Whether the answer may sign this browser in: never for a page of another site. */
  mayChangeCookies: boolean;
  /** Set by a procedure whose REST status depends on what it found: 200 for an unchanged save. */
  answer: { status?: number };
};

type Caller = Pick<ApiContext, "actor" | "address" | "mayChangeCookies">;

/** What a procedure is given, by whichever edge it is called. */
export function createContext({ actor, address, mayChangeCookies }: Caller): ApiContext {
  return {
    actor: actor && { ...actor, address },
    address,
    mayChangeCookies,
    db: getDb(),
    publicUrl: env().url,
    responseHeaders: new Headers(),
    answer: {},
  };
}
