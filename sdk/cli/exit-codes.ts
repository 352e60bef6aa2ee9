/** What a command ends with. Between 64 and 78 as in sysexits.h, above 128 as a shell tells signals. */
export const exitCode = {
  done: 0,
  failed: 1,
  /** A job waits for a person. */
  waiting: 2,
  usage: 64,
  interrupted: 130,
  /** Whoever read the output went away. */
  unread: 141,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
