import { byVotes } from "@/contracts/aggregation";
import type { ExportCard } from "@/contracts/export-card";
import { MOST } from "./read-records";

/** What must be known before the data is relied on. Each sentence follows from the facts of the card alone. */
export function limitsOf(card: Omit<ExportCard, "limits">): string[] {
  const { schema, records, samples, agents, verification, agreement, finalLabels } = card;
  const jobs = agents.flatMap((agent) => agent.jobs);
  const spans = (schema?.labels ?? []).filter(({ level }) => level === "span");
  const limits = [
    schema ? null : "The project has no label schema, so nothing is said of labels.",
    records.count === 0 ? "There are no records." : null,
    samples.some(({ inclusion }) => inclusion !== null)
      ? null
      : "No random sample was drawn: figures describe the records at hand and can't be carried over to others.",
    ...verification.flatMap(({ label, labelled, verified, orders }) => {
      const name = `"${label}"`;
      if (labelled === 0) return [];
      if (verified === 0)
        return [`No label of ${name} was verified by a person: how right they are is unknown.`];
      const chosen = orders.filter((order) => order !== "random");
      return verified < labelled && chosen.length > 0
        ? [
            `Records of ${name} came to people by ${chosen.join(" and ")}, not at random: the share that they confirmed says nothing of the records that they didn't see.`,
          ]
        : [];
    }),
    agreement.some(({ n }) => n > 0) || verification.every(({ labelled }) => labelled === 0)
      ? null
      : "No two annotators labelled the same record, so agreement is unknown.",
    spans.length > 0 ? "Agreement on spans is not computed." : null,
    ...finalLabels.flatMap(({ label, counts, schemaVersion }) => [
      ...(counts.ties > 0
        ? [`${counts.ties} of ${counts.records} final labels of "${label}" are ties and have no value.`]
        : []),
      ...(byVotes(counts) > 0
        ? [
            `${byVotes(counts)} of ${counts.records} final labels of "${label}" rest on votes alone, on no person's verdict or decision.`,
          ]
        : []),
      ...(schema && schemaVersion !== schema.version
        ? [`Final labels of "${label}" were made under version ${schemaVersion} of the schema.`]
        : []),
    ]),
    finalLabels.length === 0
      ? "No final labels were made: annotators' labels may contradict each other."
      : null,
    jobs.some(({ costUsd }) => costUsd === null)
      ? "The cost of some jobs is unknown, since the price of their model is."
      : null,
    jobs.some(({ invalid, callFailed }) => invalid + callFailed > 0)
      ? "Some records have no label of an agent, because its answer could not be read or its call failed."
      : null,
    jobs.length >= MOST ? `Only the newest ${MOST} jobs are listed.` : null,
    records.imports.length >= MOST ? `Only the first ${MOST} imports are listed.` : null,
    samples.length >= MOST ? `Only the first ${MOST} subsets are listed.` : null,
  ];
  return limits.filter((limit) => limit !== null);
}
