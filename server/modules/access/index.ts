export { type AccessChange, membershipTopic } from "./access-topic";
export { ensureOwner, hasOwner } from "./accounts/ensure-owner";
export { findOutsideIdentity } from "./accounts/find-outside-identity";
export { getAccount } from "./accounts/get-account";
export { getMe } from "./accounts/get-me";
export { renameAccount } from "./accounts/rename-account";
export { setPassword } from "./accounts/set-password";
export { setUpInstance } from "./accounts/set-up-instance";
export { signUp } from "./accounts/sign-up";
export { actingMember } from "./acting-member";
export { type Actor, can, type ProjectActor, requireAnyScope, requireScope, seesOnlyOwn } from "./actor";
export { listAudit } from "./audit/list-audit";
export { recordAudit } from "./audit/record-audit";
export { createInvitation } from "./invitations/create-invitation";
export { enterProject } from "./invitations/enter-project";
export { findInvitation } from "./invitations/find-invitation";
export { joinByProgram } from "./invitations/join-by-program";
export { listInvitations } from "./invitations/list-invitations";
export { lookAtInvitation } from "./invitations/look-at-invitation";
export { renewInvitation } from "./invitations/renew-invitation";
export { revokeInvitation } from "./invitations/revoke-invitation";
export { expelEverybody } from "./members/expel-everybody";
export { handOutSignInLink, signInLinkUrl } from "./members/hand-out-sign-in-link";
export { listMembers } from "./members/list-members";
export { namesOf } from "./members/names-of";
export { patchMember } from "./members/patch-member";
export { removeMember } from "./members/remove-member";
export { checkPassword } from "./passwords/check-password";
export { proveMembership } from "./prove-membership";
export {
  createSession,
  type NewSession,
  SESSION_SECONDS,
  type SessionMethod,
} from "./sessions/create-session";
export { createSignInLink } from "./sessions/create-sign-in-link";
export { endSession } from "./sessions/end-session";
export { findSessionActor } from "./sessions/find-session-actor";
export { redeemSignInLink } from "./sessions/redeem-sign-in-link";
export { createAccessToken } from "./tokens/create-access-token";
export { listAccessTokens } from "./tokens/list-access-tokens";
export { revokeAccessToken } from "./tokens/revoke-access-token";
export { verifyAccessToken } from "./tokens/verify-access-token";
