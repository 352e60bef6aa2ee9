/**
 * Where it is told that something about a session changed: verdicts, its state, who may enter. The payload is
 * a {@link SessionEvent}; the rows are the truth.
 */
export const sessionTopic = (sessionId: string): string => `session.${sessionId}`;

export type SessionEvent = {
  /** The live document that has more in its log or inbox than before. */
  room?: string;
  /** The process that wrote it and needs no telling. */
  node?: string;
};
