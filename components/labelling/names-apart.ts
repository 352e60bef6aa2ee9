import { dateFormat } from "@/components/ui/kept-formats";

/** `createdAt`, ISO: of a job, when it was started. */
export type Named = { id: string; name: string; createdAt: string };

type Reader = { locale: string; timeZone: string };

const toMinutes = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;

/**
 * How jobs and people are called beside each other, by id: by their name, and several of one name also by when they
 * began, as exactly as it takes to tell them apart.
 */
export function namesApart(all: readonly Named[], reader: Reader): ReadonlyMap<string, string> {
  const groups = new Map<string, Named[]>();
  for (const one of all) groups.set(one.name, [...(groups.get(one.name) ?? []), one]);
  return new Map([...groups.values()].flatMap((alike) => calledApart(alike, reader)));
}

function calledApart(alike: readonly Named[], { locale, timeZone }: Reader): [string, string][] {
  if (alike.length === 1) return alike.map(({ id, name }) => [id, name]);
  const at = (options: Intl.DateTimeFormatOptions) =>
    alike.map(({ createdAt }) => dateFormat(locale, { ...options, timeZone }).format(Date.parse(createdAt)));
  const year = new Set(at({ year: "numeric" })).size > 1 ? ({ year: "numeric" } as const) : {};
  const minutes = at({ ...toMinutes, ...year });
  const times = areDistinct(minutes) ? minutes : at({ ...toMinutes, ...year, second: "2-digit" });
  // Within one second only the id differs.
  const ends = areDistinct(times) ? null : shortEnds(alike.map(({ id }) => id));
  return alike.map(({ id, name }, place) => {
    const rest = ends ? ` · ${ends[place]}` : "";
    return [id, `${name} · ${times[place]}${rest}`];
  });
}

/** The ends of ids, which are their random part: four characters, and more only where these are the same. */
function shortEnds(ids: readonly string[]): string[] {
  const longest = Math.max(...ids.map(({ length }) => length));
  for (let length = 4; length < longest; length++) {
    const ends = ids.map((id) => id.slice(-length));
    if (areDistinct(ends)) return ends;
  }
  return [...ids];
}

const areDistinct = (words: readonly string[]): boolean => new Set(words).size === words.length;
