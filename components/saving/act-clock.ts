/** The time of each act of a person on this page: never twice the same, so that an act is known by author and time. */
export function createActClock(): () => string {
  let last = 0;
  return () => {
    last = Math.max(Date.now(), last + 1);
    return new Date(last).toISOString();
  };
}
