type Act = () => void;

/** The way to the next free label, from the key that asks for it until that label has the focus. */
export type NextTrip = {
  /** @param from what has the focus; null: the list has no rows yet. @returns false while one is under way already */
  begin(from: string | null): boolean;
  isUnderWay(): boolean;
  /** The server has said where it goes. */
  head(to: string): void;
  /** What has the focus now: where the trip goes, and it is over; or another row than it began at, and it is given up. */
  see(focused: string | null): void;
  giveUp(): void;
  /** Does it now, or with the label that is on its way. The last act counts; of a trip that is given up, none. */
  whenThere(act: Act): void;
};

/**
 * Keys come faster than pages are drawn, so what is under way is known here at once: a key pressed after the one that
 * asks for the next label is never for the label before.
 */
export function createNextTrip(): NextTrip {
  let way: { from: string | null; to: string | null; act: Act | null } | null = null;
  return {
    begin(from) {
      if (way) return false;
      way = { from, to: null, act: null };
      return true;
    },
    isUnderWay: () => way !== null,
    head(to) {
      if (way) way.to = to;
    },
    see(focused) {
      if (!way || focused === null) return;
      if (focused === way.to) {
        const { act } = way;
        way = null;
        act?.();
      } else if (way.from === null) way.from = focused;
      else if (focused !== way.from) way = null;
    },
    giveUp() {
      way = null;
    },
    whenThere(act) {
      if (way) way.act = act;
      else act();
    },
  };
}
