/** The reader's day of a time (milliseconds since 1970), as a date field holds it. Only in the browser. */
// Swedish writes dates as ISO 8601 does.
export const dateOf = (time: number): string => new Date(time).toLocaleDateString("sv");

/** The last second of the reader's day, as ISO 8601. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:59`).toISOString();
