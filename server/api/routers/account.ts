import { z } from "zod";
import {
  accessTokenList,
  account,
  createdToken,
  createTokenInput,
  instance,
  me,
  renameAccountInput,
  setPasswordInput,
  setUpInput,
  tokenRef,
} from "@/contracts/access";
import { page } from "@/contracts/common";
import { oauthProviders } from "@/server/auth/oauth-providers";
import { sessionCookie } from "@/server/auth/session-cookie";
import {
  createAccessToken,
  getAccount,
  getMe,
  hasOwner,
  listAccessTokens,
  renameAccount,
  revokeAccessToken,
  setPassword,
  setUpInstance,
  signUp,
} from "@/server/modules/access";
import { env } from "@/server/platform/env";
import { publicProcedure, signedInProcedure } from "../trpc";

const tags = ["Access"];

/** A person's own account: who they are, their password, their sessions and access tokens. */
export const accountProcedures = {
  me: signedInProcedure
    .meta({ openapi: { method: "GET", path: "/me", tags, summary: "Who you are, and your projects" } })
    .output(me)
    .query(({ ctx }) => getMe(ctx.db, ctx.actor)),

  /** What the pages before the sign-in show. */
  instance: publicProcedure.output(instance).query(async ({ ctx }) => ({
    isSetUp: await hasOwner(ctx.db),
    openSignup: env().openSignup,
    providers: oauthProviders(),
    signedInAs: ctx.actor?.name ?? null,
  })),

  createToken: publicProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/auth/tokens",
        tags,
        summary: "Make an access token, by e-mail and password or by another token; it is shown once",
      },
      status: 201,
    })
    .input(createTokenInput)
    .output(createdToken)
    .mutation(({ ctx, input }) => createAccessToken(ctx.db, ctx, input)),

  listTokens: signedInProcedure
    .meta({ openapi: { method: "GET", path: "/auth/tokens", tags, summary: "Your access tokens" } })
    .input(page)
    .output(accessTokenList)
    .query(({ ctx, input }) => listAccessTokens(ctx.db, ctx.actor, input)),

  revokeToken: signedInProcedure
    .meta({
      openapi: { method: "DELETE", path: "/auth/tokens/{id}", tags, summary: "Revoke an access token" },
      status: 204,
    })
    .input(tokenRef)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeAccessToken(ctx.db, ctx.actor, input)),

  account: signedInProcedure.output(account).query(({ ctx }) => getAccount(ctx.db, ctx.actor)),

  renameAccount: signedInProcedure
    .input(renameAccountInput)
    .output(z.void())
    .mutation(({ ctx, input }) => renameAccount(ctx.db, ctx.actor, input)),

  setPassword: signedInProcedure
    .input(setPasswordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => setPassword(ctx.db, ctx.actor, input)),

  /** The first person on an empty instance becomes its owner, signed in. */
  setUp: publicProcedure
    .input(setUpInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const session = await setUpInstance(ctx.db, { ...input, address: ctx.address });
      ctx.responseHeaders.append("set-cookie", await sessionCookie(session));
    }),

  /** Where anybody may make an account. */
  signUp: publicProcedure
    .input(setUpInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const { openSignup } = env();
      const session = await signUp(ctx.db, { ...input, address: ctx.address, openSignup });
      ctx.responseHeaders.append("set-cookie", await sessionCookie(session));
    }),
};
