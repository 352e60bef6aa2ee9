import { acceptedRate, beginPhase, knownPhase, lengthOf, type Phase, refusedShare, wasFull } from "./phases";

/**
 * The rate that a provider was measured to bear, in calls a second. Pure: the time is an argument. Nothing holds calls
 * back until some are refused; then the rate is what the provider accepted at best of late, and now and then, for one
 * phase, a little more, to see whether it bears that (as BBR finds a path's bandwidth: Cardwell et al., ACM Queue
 * 14(5), 2016). So refusals that have nothing to do with the rate slow nothing down, and one that has costs a small
 * step, not half of the rate. Where a refusal costs a pause, more is tried more rarely.
 */
export type LearnedRate = {
  /** null: nothing holds calls back. */
  current(): number | null;
  sent(nowMs: number): void;
  /** A call ended, in whatever other way than by being asked to slow down. */
  ended(nowMs: number): void;
  /**
   * @param sentMs when the refused call was sent
   * @param pauseMs how long the provider asked to wait, if it did
   */
  refused(nowMs: number, sentMs: number, pauseMs: number | null): void;
  /** Milliseconds without an accepted call while everything is refused; null: calls are accepted. */
  shutForMs(nowMs: number): number | null;
};

/** Of so many phases, one tries more. */
const ROUND = 8;
const STEADY = { rate: 0.98, try: 1.1 };
/** Where a refusal costs a pause: so many times its length lie between two tries. */
const CAREFUL = { rate: 0.98, try: 1.05 };
const PAUSES_APART = 30;
/** The rate is searched for by doubling until this share is refused. */
const SEARCH = 2;
const FOUND = 0.3;
/** Refusals that are no accident, in number and share, where nothing holds calls back yet. */
const FIRST_REFUSALS = 3;
const FIRST_SHARE = 0.1;
/** The first few calls tell too little for less than that. */
const LEAST_OF_CROWD = 5;
/** The limit has changed: what was accepted before says nothing. */
const CHANGED = 0.4;
/** Steps down where a refusal costs a pause: the next when the one before was not enough. */
const STEPS = [0.96, 0.93, 0.85];
const SAME_DESCENT = 10;
/** What was accepted at best over so long, pauses among it: no step leads below that. */
const SUSTAINED_MS = 2000;
const SUSTAINED_CALLS = 50;
const LONGEST_SUSTAINED_MS = 10_000;
const SUSTAINED_KEPT = 5;
/** Nothing was accepted for so long, or so many calls: everything is refused. */
const SHUT_AFTER_MS = 1000;
const SHUT_AFTER_CALLS = 5;
/** As many calls were accepted before as the time before: it is a quota, and its rate is known. */
const SAME_QUOTA = 0.3;
const SLOWEST = 0.05;

export function createLearnedRate(): LearnedRate {
  /** The last one is under way. */
  let phases: Phase[] = [];
  let rate: number | null = null;
  let searching = true;
  let turns = 0;
  let pause = 0;
  let steps = 0;
  let steppedAt = Number.NEGATIVE_INFINITY;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let vain = 0;
  let tries = 0;
  /** Since everything was last refused. */
  let lastQuota: number | null = null;
  const sustained = createSustained();
  let epoch: { sinceMs: number; accepted: number; lastMs: number } | null = null;

  const roundLength = () => Math.max(ROUND, Math.ceil((PAUSES_APART * pause) / lengthOf(rate)));
  const shutAfterMs = () =>
    Math.max(SHUT_AFTER_MS, rate === null ? 0 : (SHUT_AFTER_CALLS * 1000) / Math.max(rate, 1));
  const best = (now: number) => Math.max(SLOWEST, ...phases.map((phase) => acceptedRate(phase, now)));

  /** Ends the phase and begins the next, at the rate that all of them suggest. */
  function turn(now: number): void {
    const last = phases.at(-1);
    if (last) {
      last.untilMs = now;
      if (rate !== null) learn(now, last);
    }
    turns += 1;
    const tried = searching || turns % roundLength() === 0;
    const { rate: keep, try: more } = pause > 0 ? CAREFUL : STEADY;
    const isMeasured = phases.some(({ sent, refused }) => sent > refused);
    // Where none of a few calls was accepted, nothing was measured yet but that it is less.
    if (rate !== null && !isMeasured) rate = Math.max(SLOWEST, rate / SEARCH);
    else if (rate !== null) rate = best(now) * (searching ? SEARCH : tried ? more : keep);
    phases = [...phases, beginPhase(now, rate, tried)].slice(-1 - roundLength());
  }

  function learn(now: number, last: Phase): void {
    const others = phases.filter((phase) => phase !== last);
    const share = refusedShare(last);
    if (last.rate !== null && share >= FOUND) searching = false;
    if (last.sent === last.refused && others.length > 0) phases = others;
    else if (share >= CHANGED) phases = [last];
    else if (!wasFull(last) && others.some((phase) => acceptedRate(phase, now) >= acceptedRate(last, now)))
      phases = others;
  }

  function restart(now: number, known: number): void {
    rate = Math.max(SLOWEST, known);
    turns = 1;
    phases = [knownPhase(now, rate), beginPhase(now, rate)];
  }

  /** A crowd was sent before the first refusal: what is left of it when all refusals are there is the rate. */
  function measureCrowd(now: number, crowd: Phase): void {
    if (rate === null && pause === 0)
      if (crowd.refused < FIRST_REFUSALS || refusedShare(crowd) < FIRST_SHARE) return;
    phases = [crowd];
    rate = Math.max(LEAST_OF_CROWD, best(now));
  }

  /** The provider asked for a pause. */
  function stepDown(now: number, phase: Phase): void {
    searching = false;
    if (rate === null) return;
    if (phase.tries && phases.length > 1) {
      phases = phases.filter((one) => one !== phase);
      restart(now, best(now) * CAREFUL.rate);
      return;
    }
    steps = now - steppedAt < SAME_DESCENT * pause ? Math.min(steps + 1, STEPS.length - 1) : 0;
    steppedAt = now;
    restart(now, Math.max(sustained.best(), rate * (STEPS[steps] ?? 1)));
  }

  return {
    current: () => rate,
    shutForMs: (now) => (tries > 0 && epoch !== null ? now - epoch.lastMs : null),
    sent(now) {
      const phase = phases.at(-1);
      if (!phase || now - phase.sinceMs >= lengthOf(phase.rate)) turn(now);
      for (const current of phases.slice(-1)) current.sent += 1;
    },
    ended(now) {
      sustained.add(now);
      // The provider counts over a longer time than was measured.
      if (tries > 0 && epoch !== null && now - epoch.lastMs > 2 * shutAfterMs()) {
        searching = lastQuota === null || Math.abs(epoch.accepted / lastQuota - 1) > SAME_QUOTA;
        lastQuota = epoch.accepted;
        restart(now, (epoch.accepted * 1000) / (now - epoch.sinceMs));
      }
      if (tries > 0 || epoch === null) epoch = { sinceMs: now, accepted: 0, lastMs: now };
      epoch.accepted += 1;
      epoch.lastMs = now;
      vain = 0;
      tries = 0;
    },
    refused(now, sentMs, pauseMs) {
      if (pauseMs !== null) pause = Math.max(1, pauseMs);
      const phase = [...phases].reverse().find(({ sinceMs }) => sinceMs <= sentMs);
      if (phase && phase.sent > phase.refused) phase.refused += 1;
      const ofCrowd = phase !== undefined && phase.rate === null && (rate === null || sentMs < refusedAt);
      if (ofCrowd && phase === phases.at(-1)) measureCrowd(now, phase);
      if (sentMs < refusedAt) return;
      refusedAt = now;
      vain += 1;
      if (vain > 1 && epoch !== null && now - epoch.lastMs > shutAfterMs()) tries += 1;
      else if (pauseMs !== null && phase && !ofCrowd) stepDown(now, phase);
    },
  };
}

/** Calls a second over whole stretches of time. */
function createSustained() {
  let stretches: number[] = [];
  let sinceMs: number | null = null;
  let count = 0;
  return {
    add(now: number): void {
      sinceMs ??= now;
      const lasted = now - sinceMs;
      if (lasted >= LONGEST_SUSTAINED_MS || (lasted >= SUSTAINED_MS && count >= SUSTAINED_CALLS)) {
        stretches = [...stretches, (count * 1000) / lasted].slice(-SUSTAINED_KEPT);
        sinceMs = now;
        count = 0;
      }
      count += 1;
    },
    best: () => Math.max(0, ...stretches),
  };
}
