import { sha256 } from "@/server/platform/crypto";

/** Records after which the order of people repeats; long enough for every pair of people to meet. */
const ROUND = 1000;

/**
 * Deals records to people like cards: each record to `perRecord` different people, whoever has the fewest first,
 * by lot among equals. After any number of records nobody has more than one more than anybody else. The result
 * repeats: record `i` goes where record `i % length` of it goes.
 *
 * Dealt as in a cyclic incomplete block design, from one shuffled deck of all people after another; a record
 * whose people come from two decks takes no person twice.
 *
 * @param people how many, at least `perRecord`
 * @param seed the same seed gives the same deal
 * @returns for each record of one round the indexes of its people
 */
export function dealRecords(people: number, perRecord: number, seed: number): number[][] {
  const whole = people / greatestCommonDivisor(people, perRecord);
  const records = whole * Math.ceil(ROUND / whole);
  let decks = 0;
  let deck: number[] = [];
  return Array.from({ length: records }, () => {
    const dealt: number[] = deck.splice(0, perRecord);
    if (dealt.length === perRecord) return dealt;
    deck = shuffled(people, `${seed}:${decks}`);
    decks += 1;
    const others = deck.filter((person) => !dealt.includes(person)).slice(0, perRecord - dealt.length);
    deck = deck.filter((person) => !others.includes(person));
    return [...dealt, ...others];
  });
}

/** 0 … count − 1 in the order of a hash. */
function shuffled(count: number, seed: string): number[] {
  return Array.from({ length: count }, (_, person) => ({ person, lot: sha256(`${seed}:${person}`) }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
    .map(({ person }) => person);
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
