import { z } from "zod";
import { displayName, id, isoTime, note, projectRef } from "./common";
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

export const invitationState = z.enum(["active", "used", "expired", "revoked"]);
export const invitation = z.object({
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
/** Only the creating and the renewing answer hold the secret. */
export const createdInvitation = invitation.extend({
  url: z.string().nullable(),
  token: z.string().nullable(),
  code: z.string().optional(),
});
export const createInvitationInput = z.object({
  project: projectRef,
  role: projectRole,
  /** null: any number of uses */
  maxUses: z.number().int().min(1).max(10_000).nullable().default(1),
  expiresInDays: z.number().int().min(1).max(90).default(7),
  note: note.optional(),
});

export const joinInfo = z.object({
  project: z.object({ name: z.string() }),
  role: projectRole,
  invitedBy: z.string(),
  state: invitationState,
});
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

export const auditEvent = z.object({
  id,
  actor: z.object({ id, name: z.string() }).nullable(),
  action: z.string(),
  target: z.string().nullable(),
  details: z.record(z.string(), z.json()),
  createdAt: isoTime,
});
