import type { Labeller } from "@/contracts/compare";

/** How a person or job is called here: a job by its agent and version, and by its beginning where two would be alike. */
export function labellerName(labeller: Labeller, all: readonly Labeller[]): string {
  const name = shortName(labeller);
  const alike = all.filter((other) => shortName(other) === name);
  // The end of an id is its random part.
  return alike.length > 1 ? `${name} · ${labeller.id.slice(-4)}` : name;
}

const shortName = ({ name, agent }: Labeller): string => (agent ? `${agent.name} v${agent.version}` : name);
