/** The first part of every ticket: tells a person what they hold, and a scanner what it found. */
export const TICKET = "ticket";
