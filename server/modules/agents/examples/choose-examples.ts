/** One that may be chosen, by how near it is to the record. */
export type Candidate = {
  recordId: string;
  /** Higher is nearer. */
  similarity: number;
  /** What is balanced: the value of the label; of one of spans each option that is marked, none where nothing is. */
  groups: readonly string[];
};

type Choice<T> = {
  k: number;
  balanced: boolean;
  /** Asked only of those whose turn it is: whether they can be shown at all. */
  canShow?: (candidate: T) => boolean;
};

/**
 * Chooses up to `k` of the candidates: the nearest or, balanced, again and again the nearest of the group that has been
 * chosen least, so that the groups' numbers differ by one at most unless a group has no more, or comes with another.
 * Equally near ones go by id: the same candidates in any order give the same choice.
 * @returns the nearest last, next to the record that it is shown for
 */
export function chooseExamples<T extends Candidate>(
  candidates: readonly T[],
  { k, balanced, canShow = () => true }: Choice<T>,
): T[] {
  const ranked = candidates.toSorted(byNearness);
  const choose = balanced ? inTurn : inOrder;
  return choose(ranked, k, canShow).toSorted(byNearness).reverse();
}

const byNearness = (a: Candidate, b: Candidate): number =>
  b.similarity - a.similarity || byText(a.recordId, b.recordId);
const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);

function inOrder<T>(ranked: readonly T[], k: number, canShow: (candidate: T) => boolean): T[] {
  const chosen: T[] = [];
  for (const one of ranked) {
    if (chosen.length === k) break;
    if (canShow(one)) chosen.push(one);
  }
  return chosen;
}

type Group<T> = { name: string; members: T[]; times: number };

/** @param ranked nearest first, so that the group of the nearest one comes first */
function inTurn<T extends Candidate>(
  ranked: readonly T[],
  k: number,
  canShow: (candidate: T) => boolean,
): T[] {
  const groups = groupsInOrder(ranked, canShow);
  const chosen = new Set<T>();
  while (chosen.size < k) {
    const open = groups.flatMap(({ members, times }) => {
      const next = members.find((member) => !chosen.has(member) && canShow(member));
      return next ? [{ next, times }] : [];
    });
    const least = Math.min(...open.map(({ times }) => times));
    const turn = open.find(({ times }) => times === least);
    if (!turn) break;
    chosen.add(turn.next);
    for (const group of groups) if (namesOf(turn.next).includes(group.name)) group.times += 1;
  }
  return [...chosen];
}

const NOTHING = "";
const namesOf = ({ groups }: Candidate): readonly string[] => (groups.length > 0 ? groups : [NOTHING]);

/**
 * The groups in the order of their nearest. Texts in which nothing is marked have the second turn at the latest: who is
 * never shown one learns that there is always something to mark.
 */
function groupsInOrder<T extends Candidate>(
  ranked: readonly T[],
  canShow: (candidate: T) => boolean,
): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const one of ranked)
    for (const name of namesOf(one)) {
      const group = groups.get(name);
      if (group) group.members.push(one);
      else groups.set(name, { name, members: [one], times: 0 });
    }
  const order = [...groups.values()]
    .flatMap((group) => {
      const nearest = group.members.find(canShow);
      return nearest ? [{ ...group, nearest }] : [];
    })
    .toSorted((a, b) => byNearness(a.nearest, b.nearest) || byText(a.name, b.name));
  const at = order.findIndex(({ name }) => name === NOTHING);
  const nothing = order[at];
  return nothing && at > 1 ? order.toSpliced(at, 1).toSpliced(1, 0, nothing) : order;
}
