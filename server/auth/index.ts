import { headers } from "next/headers";
import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { email, password } from "@/contracts/access";
import {
  checkPassword,
  createSession,
  endSession,
  findOutsideIdentity,
  findSessionActor,
  SESSION_SECONDS,
  type SessionMethod,
} from "@/server/modules/access";
import { clientAddress } from "@/server/platform/client-address";
import { getDb } from "@/server/platform/db";
import { authSecret, env } from "@/server/platform/env";
import { type AppError, isAppError } from "@/server/platform/errors";
import { log } from "@/server/platform/log";
import { configuredProviders } from "./oauth-providers";
import { actorOfCookie, sessionClaims } from "./session-cookie";
import { isSecure } from "./session-cookie-name";

/** Carries the reason through next-auth to the page that asked. */
export class RefusedSignIn extends CredentialsSignin {
  constructor(readonly reason: AppError) {
    super(reason.message);
    this.code = reason.code;
  }
}

const credentials = z.object({ email, password });
const methods = ["password", "github", "google", "oidc"] as const satisfies readonly SessionMethod[];
const method = z.enum(methods);

const byPassword = Credentials({
  id: "password",
  credentials: { email: {}, password: {} },
  async authorize(given, request) {
    const { data } = credentials.safeParse(given);
    if (!data) return null;
    try {
      const { userId, name } = await checkPassword(getDb(), {
        ...data,
        address: clientAddress(request.headers),
      });
      return { id: userId, name };
    } catch (error) {
      throw isAppError(error) ? new RefusedSignIn(error) : error;
    }
  },
});

/** Read when a request comes, since an embedded instance makes its secret at the start. */
const config = (): NextAuthConfig => ({
  secret: authSecret(),
  trustHost: true,
  useSecureCookies: isSecure(),
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
  providers: [byPassword, ...configuredProviders()],
  logger: {
    error: (error) => {
      if (!(error instanceof RefusedSignIn)) log().warn({ err: error }, "a sign-in failed");
    },
    warn: () => undefined,
    debug: () => undefined,
  },
  events: {
    async signOut(message) {
      const session = "token" in message ? sessionClaims.safeParse(message.token).data : undefined;
      if (session) await endSession(getDb(), { userId: session.sub, sessionId: session.sid });
    },
  },
  callbacks: {
    async signIn({ user, account, profile }) {
      if (!account || account.type === "credentials") return true;
      const signedIn = await actorOfCookie(getDb(), await headers());
      try {
        user.id = await findOutsideIdentity(getDb(), {
          provider: account.provider,
          providerAccountId: account.providerAccountId,
          name: (profile?.name ?? user.name ?? "New person").slice(0, 120),
          signedInUserId: signedIn?.userId ?? null,
          openSignup: env().openSignup,
        });
        return true;
      } catch (error) {
        if (isAppError(error)) return `/sign-in?error=${error.code}`;
        throw error;
      }
    },
    async jwt({ token, user, account }) {
      if (user?.id && account) {
        const session = await createSession(getDb(), user.id, method.parse(account.provider));
        return { sub: user.id, sid: session.id };
      }
      const claimed = sessionClaims.safeParse(token).data;
      if (!claimed) return null;
      return (await findSessionActor(getDb(), { sessionId: claimed.sid, userId: claimed.sub }))
        ? token
        : null;
    },
  },
});

export const { handlers, signIn } = NextAuth(config);
