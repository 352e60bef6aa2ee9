import { byVotes } from "@/contracts/aggregation";
import type { ExportCard } from "@/contracts/export-card";
import { fenced, percent, percentInterval, plain, table } from "./markdown";

/** A dataset card as Markdown. Texts of people are shown as they are, never as markup. */
export function renderCard(card: ExportCard): string {
  const parts = [
    `# ${plain(card.project.name)}`,
    `Dataset card and methods report of the project ${plain(card.project.slug)}, made ${card.madeAt} by Tandem.`,
    ...limitsPart(card),
    ...recordsPart(card),
    ...samplesPart(card),
    ...schemaPart(card),
    ...agentsPart(card),
    ...verificationPart(card),
    ...agreementPart(card),
    ...finalPart(card),
  ];
  return `${parts.join("\n\n")}\n`;
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

const limitsPart = ({ limits }: ExportCard): string[] =>
  limits.length === 0 ? [] : ["## Limits", list(limits.map(plain))];

function recordsPart({ records }: ExportCard): string[] {
  const { count, deleted, metadata, imports } = records;
  return [
    "## Records",
    `${count} records${deleted > 0 ? `; ${deleted} more were deleted and are in no file` : ""}.`,
    ...(metadata.length === 0
      ? []
      : [
          "Metadata:",
          list(metadata.map(({ name, type, visibility }) => `${plain(name)} (${type}, ${visibility})`)),
        ]),
    ...(imports.length === 0
      ? []
      : [
          table(
            ["Imported from", "Finished", "New", "Updated", "Skipped", "Refused"],
            imports.map((run) => [
              run.fileName === null ? "no name" : plain(run.fileName),
              run.finishedAt ?? "",
              ...[run.imported, run.updated, run.skipped, run.refused].map(String),
            ]),
          ),
        ]),
  ];
}

function samplesPart({ samples }: ExportCard): string[] {
  if (samples.length === 0) return [];
  return [
    "## How records were chosen",
    table(
      ["Subset", "Records", "Chance of each", "Drawn"],
      samples.map(({ name, count, inclusion, design, reason }) => [
        plain(name),
        String(count),
        inclusion ? percentInterval(inclusion) : plain(reason ?? "unknown"),
        design === null ? "" : plain(JSON.stringify(design)),
      ]),
    ),
  ];
}

function schemaPart({ schema }: ExportCard): string[] {
  if (!schema) return [];
  return [
    `## Labels (schema version ${schema.version}, ${schema.createdAt})`,
    ...schema.labels.flatMap(({ name, level, multi, description, guidelines, options }) => [
      `### ${plain(name)}`,
      `Of ${level === "span" ? "spans" : "records"}, ${multi ? "several options may hold" : "one option"}.${description ? ` ${plain(description)}` : ""}`,
      table(
        ["Value", "Text", "Description"],
        options.map((option) => [plain(option.value), plain(option.text), plain(option.description ?? "")]),
      ),
      ...(guidelines ? ["Guidelines:", fenced(guidelines)] : []),
    ]),
  ];
}

function agentsPart({ agents }: ExportCard): string[] {
  if (agents.length === 0) return [];
  return [
    "## Agents",
    ...agents.flatMap(({ name, version, provider, model, parameters, template, jobs }) => [
      `### ${plain(name)}, version ${version}`,
      `${plain(model)} by ${plain(provider)}, ${plain(JSON.stringify(parameters))}`,
      table(
        ["Job", "Started", "Status", "Labels", "Records", "Read", "Unreadable", "Failed", "Tokens", "Cost"],
        jobs.map((job) => [
          job.id,
          job.startedAt ?? "",
          job.status,
          job.labels.map(plain).join(", "),
          ...[job.records, job.parsed, job.invalid, job.callFailed].map(String),
          String(job.promptTokens + job.completionTokens),
          job.costUsd === null ? "unknown price" : `${job.costUsd.toFixed(4)} US$`,
        ]),
      ),
      "Prompt:",
      fenced(template),
    ]),
  ];
}

function verificationPart({ verification }: ExportCard): string[] {
  if (verification.length === 0) return [];
  return [
    "## Verification by people",
    "Records that have a label, each counted once:",
    table(
      ["Label", "Labelled", "Verified", "Only can't tell", "Without a verdict", "Reconciled"],
      verification.map(({ label, labelled, verified, undecided, reconciled, share }) => [
        plain(label),
        String(labelled),
        share === null ? "none labelled" : `${verified} (${percent(share)})`,
        ...[undecided, labelled - verified - undecided, reconciled].map(String),
      ]),
    ),
    "Verified, only can't tell and without a verdict add up to the labelled records. A reconciled one may be any of them.",
    "Verdicts, of which one record may have several, of several people or on the labels of several jobs:",
    table(
      ["Label", "Verdicts", "Confirmed", "Corrected", "Can't tell", "Of all, blind", "People", "Order"],
      verification.map(({ label, verdicts: { CONFIRMS, CORRECTS, UNSURE }, blind, verifiers, orders }) => [
        plain(label),
        ...[CONFIRMS + CORRECTS + UNSURE, CONFIRMS, CORRECTS, UNSURE, blind, verifiers].map(String),
        orders.map(plain).join(", "),
      ]),
    ),
  ];
}

function agreementPart({ agreement }: ExportCard): string[] {
  if (agreement.length === 0) return [];
  return [
    "## Agreement",
    "Shares with Wilson's 95 % interval; κ is Cohen's.",
    table(
      ["Label", "Annotators", "Records of both", "Agreed", "κ"],
      agreement.map(({ label, a, b, n, agreed, interval, kappa, reason }) => [
        plain(label),
        `${plain(a.name)} and ${plain(b.name)}`,
        String(n),
        agreed === null || !interval ? "unknown" : `${percent(agreed)} (${percentInterval(interval)})`,
        kappa === null ? plain(reason ?? "unknown") : kappa.toFixed(3),
      ]),
    ),
  ];
}

function finalPart({ finalLabels }: ExportCard): string[] {
  if (finalLabels.length === 0) return [];
  return [
    "## Final labels",
    ...finalLabels.flatMap(
      ({ id, label, policy, annotators, versions, createdAt, counts, schemaVersion }) => [
        `### ${plain(label)}`,
        list([
          `Snapshot ${id}, made ${createdAt} under schema version ${schemaVersion}`,
          `Policy ${policy}, votes of ${annotators === null ? "everybody" : `${annotators.length} named annotators`}${versions === "newest" ? ", one an agent and record: its newest version's" : ""}`,
          `${counts.records} records: ${counts.reconciled} reconciled by a person, ${counts.verified} by a person's verdict, ${counts.accepted > 0 ? `${counts.accepted} accepted unread with a promise, ` : ""}${byVotes(counts)} by votes alone, ${counts.ties} tied and without a value`,
          `On ${counts.differing} of them, those whose word counts are not unanimous`,
        ]),
        "Of the records that have a value:",
        table(
          ["Value", "n", "Share"],
          Object.entries(counts.distribution).map(([value, n]) => [
            plain(value),
            String(n),
            counts.decided > 0 ? percent(n / counts.decided) : "",
          ]),
        ),
      ],
    ),
  ];
}
