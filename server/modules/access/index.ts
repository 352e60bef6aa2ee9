export { type AccessChange, membershipTopic } from "./access-topic";
export { createOwner, ensureOwner, hasOwner } from "./accounts/ensure-owner";
export { findOutsideIdentity } from "./accounts/find-outside-identity";
export { getMe } from "./accounts/get-me";
export { type Actor, can, type ProjectActor, requireScope, seesOnlyOwn } from "./actor";
export { checkPassword } from "./passwords/check-password";
export { proveMembership } from "./prove-membership";
export {
  createSession,
  type NewSession,
  SESSION_SECONDS,
  type SessionMethod,
} from "./sessions/create-session";
export { createSignInLink, type SignInLink } from "./sessions/create-sign-in-link";
export { endSession } from "./sessions/end-session";
export { findSessionActor } from "./sessions/find-session-actor";
export { verifyAccessToken } from "./tokens/verify-access-token";
