import type { Agreement, AgreementBasis, AgreementReason, Coefficient } from "../../../contracts/agreement";
import { defineCommand } from "../command";
import { exitCode } from "../exit-codes";
import { printFacts, printTable } from "../output/table";
import { print, printJson, type Terminal } from "../output/terminal";
import { findSubset, recordFlags } from "../record-flags";

const bases = ["unseen", "shown"] as const satisfies readonly AgreementBasis[];

export const agreementCommand = defineCommand({
  name: "agreement",
  summary: "how far annotators agree on a label, beyond chance",
  words: [],
  flags: {
    label: { type: "string", value: "name", help: "the label" },
    subset: recordFlags.subset,
    basis: {
      type: "string",
      value: "basis",
      help: "unseen (usual): given without seeing an answer; shown: verdicts on an answer",
    },
  },
  async run({ service, flags, terminal, signal }) {
    const label = flags.needed("label");
    const basis = flags.choice("basis", bases);
    const wanted = flags.text("subset");
    const subset = wanted === undefined ? undefined : await findSubset(wanted, { service, signal });
    const agreement = await service
      .getStatistics()
      .getAnnotatorAgreements({ label, basis, subsetId: subset?.id }, { signal });
    if (flags.has("json")) await printJson(terminal, agreement);
    else await printAgreement(terminal, agreement);
    return exitCode.done;
  },
});

async function printAgreement(terminal: Terminal, agreement: Agreement): Promise<void> {
  const { n, basis, alpha, fleiss, ac1, annotators, annotatorsLeftOut, pairs } = agreement;
  await printFacts(terminal, [
    ["label", agreement.label],
    ["basis", basis],
    ["records labelled by two", n],
    ["Krippendorff's alpha", told(alpha)],
    ["Fleiss' kappa", told(fleiss)],
    ["Gwet's AC1", told(ac1)],
    ["annotators left out", annotatorsLeftOut],
  ]);
  if (pairs.length === 0) return;
  const names = new Map(annotators.map(({ id, name }) => [id, name]));
  await print(terminal, "");
  await printTable(
    terminal,
    [
      { name: "annotator", of: ({ a }) => names.get(a) ?? a },
      { name: "annotator", of: ({ b }) => names.get(b) ?? b },
      { name: "records", of: ({ n }) => n },
      { name: "same", of: ({ agree }) => agree },
      {
        name: "Cohen's kappa",
        of: ({ kappa, interval, reason }) => told({ value: kappa, interval, reason }),
      },
    ],
    pairs,
  );
}

const rounded = (value: number): string => value.toFixed(3);

type Figure = Omit<Coefficient, "n"> & { n?: number };

/** A figure with its interval and the records it rests on, or why it has none. */
function told({ value, interval, reason, n }: Figure): string {
  const why = reason === null ? [] : [reasons[reason]];
  const range = value !== null && interval ? [`95 %: ${interval.map(rounded).join(" to ")}`] : why;
  const notes = [...range, ...(n === undefined ? [] : [`n ${n}`])];
  return `${value === null ? "–" : rounded(value)}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`;
}

const reasons: Record<AgreementReason, string> = {
  no_overlap: "no record was labelled by two of them",
  single_category: "all gave one value, so that chance alone would agree fully",
  unequal_raters: "the records have different numbers of labels",
  too_few_records: "no interval: it needs at least 10 records",
  no_spread: "no interval: no drawing of the records anew changes the figure",
  often_undefined: "no interval: in too many drawings of the records the figure is undefined",
  too_many_combinations: "no interval: the values are too varied",
};
