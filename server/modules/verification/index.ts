export { createSession } from "./create-session";
export { createTicket } from "./create-ticket";
export { extendSession } from "./extend-session";
export { followSession } from "./follow-session";
export { getSession } from "./get-session";
export { borderProblem } from "./judge-span-verdict";
export {
  BLIND_STATUS,
  type JudgedVerdict,
  judgeVerdict,
  optionProblem,
  sameOptions,
  sameValue,
  tellsOutcome,
} from "./judge-verdict";
export { giveBackLease, keepLease } from "./leases/keep-lease";
export { nextItem } from "./leases/next-item";
export { listSessionItems } from "./list-session-items";
export { listSessions } from "./list-sessions";
export { listVerifications } from "./list-verifications";
export {
  commitRoom,
  type LookUnderLock,
  nextVersion,
  type ReplacedVerdict,
  type RoomPosition,
  readReplaced,
  requestCompaction,
  SERVER_OWNER,
} from "./live/commit-room";
export { compactRoom } from "./live/compact-room";
export {
  enterRoom,
  findRoom,
  type RoomItems,
  type RoomRef,
  readRoomItems,
} from "./live/open-room";
export type { SpanQuestion, StandingLabel } from "./live/own-spans";
export { redeemTicket } from "./live/redeem-ticket";
export { type RoomNews, type RoomUnderLock, readRoomNews, readRoomOwners } from "./live/room-log";
export { tellOfCommit } from "./live/tell-of-commit";
export { withLiveSpans } from "./live/with-live-spans";
export { type RoomWrites, writeRoom } from "./live/write-room";
export { refusalByOverlap } from "./others-on-labels";
export { patchSession } from "./patch-session";
export { refusalMessages } from "./refusal-messages";
export { getSessionReport } from "./report/get-session-report";
export { sessionsOpenTo } from "./session-reach";
export { sessionTopic } from "./session-topic";
export type { NewVerdict } from "./write-verdicts";
export { writeVerifications } from "./write-verifications";
