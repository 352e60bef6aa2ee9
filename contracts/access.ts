import { z } from "zod";
import { displayName, id, isoTime, listOf, note, page, projectRef } from "./common";
import { instanceRole, projectRole, scope } from "./roles";

export const email = z
  .email("must be an e-mail address")
  .max(254)
  .transform((value) => value.toLowerCase());
export const password = z.string().min(1).max(256, "must be at most 256 characters");

export const me = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  kind: z.enum(["user", "guest"]),
  instanceRole,
  projects: z.array(z.object({ id, slug: z.string(), name: z.string(), role: projectRole })),
});
export type Me = z.infer<typeof me>;

export const createTokenInput = z.object({
  email: email.optional(),
  password: password.optional(),
  note: note.optional(),
  expiresInDays: z.number().int().min(1).max(365).default(14),
  scopes: z.array(scope).max(50).default([]),
  /** Limits the token to one project; a guest's always is. */
  project: projectRef.optional(),
});
export const createdToken = z.object({
  id,
  token: z.string().nullable(),
  expiresAt: isoTime,
  code: z.string().optional(),
});
export const accessToken = z.object({
  id,
  prefix: z.string(),
  note: z.string().nullable(),
  scopes: z.array(scope),
  project: z.string().nullable(),
  createdAt: isoTime,
  expiresAt: isoTime,
  lastUsedAt: isoTime.nullable(),
});
export type AccessToken = z.infer<typeof accessToken>;
export const accessTokenList = listOf(accessToken);
export const tokenRef = z.object({ id });

const invitationState = z.enum(["active", "used", "expired", "revoked"]);
const invitation = z.object({
  id,
  role: projectRole,
  maxUses: z.number().int().nullable(),
  uses: z.number().int(),
  note: z.string().nullable(),
  expiresAt: isoTime,
  createdAt: isoTime,
  createdBy: z.object({ id, name: z.string() }),
  state: invitationState,
});
export type Invitation = z.infer<typeof invitation>;
export const invitationList = listOf(invitation);
export const listInvitationsInput = page.extend({ project: projectRef });
export const invitationRef = z.object({ project: projectRef, id });
/** Only the creating and the renewing answer hold the secret. */
export const createdInvitation = invitation.extend({
  url: z.string().nullable(),
  token: z.string().nullable(),
  code: z.string().optional(),
});
export type CreatedInvitation = z.infer<typeof createdInvitation>;
export const createInvitationInput = z.object({
  project: projectRef,
  role: projectRole,
  /** null: any number of uses */
  maxUses: z.number().int().min(1).max(10_000).nullable().default(1),
  expiresInDays: z.number().int().min(1).max(90).default(7),
  note: note.optional(),
});
/** A renewed invitation is as new: another secret, no uses, and the same time again unless told otherwise. */
export const renewInvitationInput = invitationRef.extend({
  expiresInDays: z.number().int().min(1).max(90).optional(),
});

export const joinInfo = z.object({
  project: z.object({ name: z.string() }),
  role: projectRole,
  invitedBy: z.string(),
  state: invitationState,
});
export type JoinInfo = z.infer<typeof joinInfo>;
/** What the join page shows. */
export const joinPage = z.object({
  /** null: there is no such invitation */
  invitation: joinInfo.nullable(),
  /** Slug of the project when whoever is signed in is a member already. */
  memberOf: z.string().nullable(),
});
export const joinTokenInput = z.object({ token: z.string().min(1).max(200) });
export const joinInput = z.object({
  token: z.string().min(1).max(200),
  name: displayName,
  email: email.optional(),
  password: password.optional(),
  note: note.optional(),
});
export const joined = z.object({
  user: z.object({ id, name: z.string() }),
  project: z.object({ id, slug: z.string(), role: projectRole }),
  id,
  token: z.string(),
  expiresAt: isoTime,
});

/** Joining in the browser: the name is for whoever is not signed in. */
export const enterInput = joinTokenInput.extend({ name: displayName.optional() });
export const entered = z.object({ project: z.object({ id, slug: z.string(), role: projectRole }) });

export const member = z.object({
  userId: id,
  name: z.string(),
  email: z.string().nullable(),
  role: projectRole,
  disabled: z.boolean(),
  guest: z.boolean(),
  joinedAt: isoTime,
});
export type Member = z.infer<typeof member>;
export const patchMemberInput = z.object({
  project: projectRef,
  userId: id,
  role: projectRole.optional(),
  disabled: z.boolean().optional(),
});
export const memberList = listOf(member);
export const listMembersInput = page.extend({ project: projectRef });
export const memberRef = z.object({ project: projectRef, userId: id });
export const signInLink = z.object({
  id,
  url: z.string().nullable(),
  token: z.string().nullable(),
  expiresAt: isoTime,
  code: z.string().optional(),
});

const auditEvent = z.object({
  id,
  actor: z.object({ id, name: z.string() }).nullable(),
  action: z.string(),
  target: z.string().nullable(),
  details: z.record(z.string(), z.json()),
  /** Client address. */
  origin: z.string().nullable(),
  createdAt: isoTime,
});
export type AuditEvent = z.infer<typeof auditEvent>;
export const auditList = listOf(auditEvent);
export const listAuditInput = page.extend({
  project: projectRef,
  /** The first part of an action (`invitation`) or the whole (`invitation.created`). */
  action: z
    .string()
    .max(80)
    .regex(/^[a-z_]+(?:\.[a-z_]+)?$/, "must be as in invitation or invitation.created")
    .optional(),
  actorId: id.optional(),
});

/** What a person sees and changes of their own account. */
export const account = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  instanceRole,
  hasPassword: z.boolean(),
  /** Whether this browser came by a sign-in link just now, so that a new password needs no old one. */
  mayResetPassword: z.boolean(),
  /** Outside providers whose identity is linked to the account. */
  linked: z.array(z.string()),
});
export type Account = z.infer<typeof account>;
export const renameAccountInput = z.object({ name: displayName });
export const setPasswordInput = z.object({
  /** Needed by whoever has none yet. */
  email: email.optional(),
  password,
  currentPassword: password.optional(),
});
export const setUpInput = z.object({ name: displayName, email, password });

/** What somebody who is not signed in may know of this instance. */
export const instance = z.object({
  /** Whether it has an owner. */
  isSetUp: z.boolean(),
  openSignup: z.boolean(),
  providers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The name of whoever is signed in in this browser. */
  signedInAs: z.string().nullable(),
});
export type Instance = z.infer<typeof instance>;
