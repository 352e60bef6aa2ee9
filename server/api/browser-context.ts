import { isOwnOrigin } from "@/server/auth/own-origin";
import { actorOfCookie } from "@/server/auth/session-cookie";
import { clientAddress } from "@/server/platform/client-address";
import { getDb } from "@/server/platform/db";
import { type ApiContext, createContext } from "./context";

/** The context of a call from a browser or of a page that is being rendered: the person by session cookie. */
export async function browserContext(headers: Headers): Promise<ApiContext> {
  return createContext({
    actor: await actorOfCookie(getDb(), headers),
    address: clientAddress(headers),
    mayChangeCookies: isOwnOrigin(headers),
  });
}
