import { isChecked, isUnsure, type LabelGroup, type SessionDraw, sizeOf } from "./label-group";

export type Evidence = {
  basis: "blind" | "verified";
  /** How the labels came to be checked: `random` with one chance, `weighted` with known ones, else `chosen`. */
  selection: "random" | "weighted" | "chosen";
  groups: LabelGroup[];
};

/** So many labels of a better kind are taken alone, and the others left out. */
const ENOUGH = 30;
/** How far the labels that a session was drawn from may be from all labels and still count as all, as a share. */
const TOLERANCE = 0.01;

/**
 * What figures about all labels may rest on, the best first. Blind verdicts alone when there are 30 of them, else all that
 * were given one by one; of these such as came to be checked by chance, when there are 30, else all.
 */
export function chooseEvidence(groups: readonly LabelGroup[], draws: readonly SessionDraw[]): Evidence[] {
  const all = groups.filter(isChecked);
  const blind = all.filter(({ kind }) => kind === "blind");
  if (all.length === 0) return [];
  const onlyBlind = blind.length === all.length;
  const found: Evidence[] = [];
  if (onlyBlind || sizeOf(blind) >= ENOUGH) found.push({ basis: "blind", ...select(blind, groups, draws) });
  if (!onlyBlind) found.push({ basis: "verified", ...select(all, groups, draws) });
  return found;
}

function select(
  evidence: LabelGroup[],
  groups: readonly LabelGroup[],
  draws: readonly SessionDraw[],
): Omit<Evidence, "basis"> {
  const population = sizeOf(groups);
  const looked = groups.filter((group) => isChecked(group) || isUnsure(group));
  if (sizeOf(looked) === population && evidence.length === looked.filter(isChecked).length)
    return { selection: "random", groups: evidence };
  const covering = draws.filter((draw) => isOfAll(draw, population));
  const random = evidence.filter(({ kind, sessionId }) => {
    const draw = covering.find(({ id }) => id === sessionId);
    return draw !== undefined && (kind === "blind" || draw.shuffled || isComplete(draw, looked));
  });
  const enough = (some: LabelGroup[]) =>
    some.length > 0 && (sizeOf(some) >= ENOUGH || some.length === evidence.length);
  if (!enough(random)) return { selection: "chosen", groups: evidence };
  const used = covering.filter(({ id }) => random.some(({ sessionId }) => sessionId === id));
  if (used.every((draw) => isEqual(draw, population))) return { selection: "random", groups: random };
  // Chances that differ can't be put together across sessions: the one with the most is taken.
  const of = ({ id }: SessionDraw) => random.filter(({ sessionId }) => sessionId === id);
  const most = used.reduce((best, draw) => (sizeOf(of(draw)) > sizeOf(of(best)) ? draw : best));
  return { selection: isEqual(most, population) ? "random" : "weighted", groups: of(most) };
}

/** The session holds all labels, or such as were drawn from all of them at random. */
function isOfAll({ items, frame }: SessionDraw, population: number): boolean {
  const slack = Math.max(1, TOLERANCE * population);
  return items === population || Math.abs(frame - population) <= slack;
}

/** Where it holds all of them, the chances with which their records were drawn from something larger don't matter. */
const isEqual = ({ equal, items }: SessionDraw, population: number): boolean => equal || items === population;

/** Every label in it was looked at, so that it doesn't matter in which order. */
const isComplete = ({ id, items }: SessionDraw, looked: readonly LabelGroup[]): boolean =>
  sizeOf(looked.filter(({ sessionId }) => sessionId === id)) === items;
