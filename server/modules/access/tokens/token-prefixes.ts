/** The first part of each kind of secret: tells a person what they hold, and a scanner what it found. */
export const ACCESS_TOKEN = "tandem";
export const INVITATION = "join";
export const SIGN_IN_LINK = "enter";
