import type { Person } from "@/components/ui/avatar";
import { apartWords } from "@/components/verification/apart-words";
import type { AgreementReport, SessionReport, Share } from "@/contracts/session-report";

/**
 * The report as a document of its own: every share with its interval and n, times in UTC.
 * @param called a person by the name that tells them from their namesakes
 */
export function reportMarkdown(report: SessionReport, called: (person: Person) => Person): string {
  const { session, jobs, counts, confirmed, apart, corrections, people, agreement } = report;
  const lines = [
    `# ${plain(session.name)}`,
    "",
    `Verified: “${plain(session.label)}” (schema version ${session.schemaVersion}) by ${jobs.map(({ name }) => plain(name)).join(", ")}.`,
    `Mode ${session.mode}, order ${session.order}${session.sample ? `, a sample of ${session.sample.size} ${session.sample.size === 1 ? "record" : "records"} (seed ${session.sample.seed})` : ""}.`,
    `Opened ${report.startedAt}. ${report.closedAt ? `Closed ${report.closedAt}.` : `Open; as of ${report.asOf}.`}`,
    "",
    "## Verdicts",
    "",
    ...table(
      ["Labels", "Verified", "Confirmed", "Corrected", "Can't tell", "Left", "Overtaken"],
      [
        [
          counts.total,
          counts.verified,
          counts.confirmed,
          counts.corrected,
          counts.unsure,
          counts.left,
          report.overtaken,
        ],
      ],
    ),
    "",
    `- Agent confirmed, label shown: ${shareText(confirmed.seen)}`,
    `- Agent confirmed, label hidden until the verdict: ${shareText(confirmed.blind)}`,
    ...apartWords(apart).map((words) => `- In neither: ${words}`),
    "",
    "## Corrections",
    "",
    ...(corrections.length === 0
      ? ["None."]
      : table(
          ["Agent's label", "Corrected to", "Count", "Of judged"],
          corrections.map(({ from, to, count, of }) => [valueText(from), valueText(to), count, of]),
        )),
    "",
    "## People",
    "",
    ...(people.length === 0
      ? ["None that may be shown."]
      : table(
          [
            "Person",
            "Verdicts",
            "Confirmed",
            "Corrected",
            "Can't tell",
            "Overtaken",
            "Active minutes",
            "Median seconds",
            "Labels per hour",
            "n timed",
          ],
          people.map((person) => [
            called(person).name,
            person.verdicts,
            person.confirmed,
            person.corrected,
            person.unsure,
            person.overtaken,
            person.timed > 0 ? (person.activeMs / 60_000).toFixed(1) : "n/a",
            person.medianSeconds?.toFixed(1) ?? "n/a",
            person.perHour?.toFixed(0) ?? "n/a",
            person.timed,
          ]),
        )),
    "",
    "## Agreement between people",
    "",
    ...agreementLines("Agent's label seen", agreement.seen, called),
    ...agreementLines("Agent's label hidden", agreement.blind, called),
    "",
    "Intervals are 95 % Wilson score intervals. “Can't tell” is in none of the shares, nor are labels that were decided many at one stroke.",
  ];
  return `${lines.join("\n")}\n`;
}

function agreementLines(
  title: string,
  agreement: AgreementReport | null,
  called: (person: Person) => Person,
): string[] {
  if (!agreement) return [`- ${title}: no two people decided on the same label.`];
  return [
    `- ${title}: all said the same on ${shareText(agreement.all)}`,
    ...agreement.pairs.map(
      ({ a, b, share, kappa }) =>
        `  - ${plain(called(a).name)} and ${plain(called(b).name)}: ${shareText(share)}, Cohen's κ ${kappa?.toFixed(2) ?? "n/a"}`,
    ),
  ];
}

const percent = (value: number): string => (100 * value).toFixed(1);

const shareText = (share: Share | null): string =>
  share
    ? `${percent(share.point)} % (${percent(share.low)}–${percent(share.high)}), n = ${share.n}`
    : "n/a, nothing was observed";

const valueText = (value: readonly string[]): string => (value.length === 0 ? "none" : value.join(", "));

/** Names and values are people's own: no sign of theirs makes a heading, a column or a link. */
const plain = (text: string | number): string =>
  String(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>#|]/g, "\\$&");

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] => [
  `| ${head.join(" | ")} |`,
  `|${head.map(() => " --- |").join("")}`,
  ...rows.map((row) => `| ${row.map(plain).join(" | ")} |`),
];
