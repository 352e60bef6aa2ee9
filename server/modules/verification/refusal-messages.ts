/** Why a verdict or a span can't stand in a session, in words for its author; the same by socket and by REST. */
export const refusalMessages = {
  forbidden: "You can look at this session, but not change anything in it.",
  closed: "This session is closed, so nothing can be changed in it.",
  held: "Somebody else has this record open. You can decide it if they leave it undecided.",
  enough_verdicts: "This label already has all the verdicts this session asks for.",
} as const;
