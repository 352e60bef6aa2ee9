/** Calls `act` at once and then at most once in `everyMs`, the last time after the last request. */
export function createThrottle(act: () => void, everyMs: number): { request(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let wanted = false;
  function pass(): void {
    if (!wanted) {
      timer = undefined;
      return;
    }
    wanted = false;
    act();
    timer = setTimeout(pass, everyMs);
  }
  return {
    request() {
      wanted = true;
      if (timer === undefined) pass();
    },
    stop() {
      clearTimeout(timer);
      wanted = false;
    },
  };
}
