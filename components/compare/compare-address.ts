import { z } from "zod";
import { id } from "@/contracts/common";
import type { Labeller } from "@/contracts/compare";
import type { Project } from "@/contracts/projects";

/** What counts as right; `none`: annotators are compared with each other only. */
export type GoldChoice =
  | { kind: "metadata"; name: string }
  | { kind: "verified" }
  | { kind: "annotator"; id: string }
  | { kind: "final"; id: string }
  | { kind: "none" };

/** What the address says; what is left out is chosen by {@link chooseDefaults}. */
export type CompareAddress = {
  label: string | null;
  gold: GoldChoice | null;
  annotators: string[] | null;
  subsetId: string | null;
  /** Whose confusion matrix is shown. */
  detail: string | null;
  agreement: AgreementView;
  /** In agreement the order of the options counts. */
  ordered: boolean;
  /** Share of errors that is allowed among labels that are accepted unread. */
  errors: AllowedErrors;
  /** Risk that there are more of them. */
  risk: AllowedRisk;
};

/** Whose labels are held against each other: of those chosen or of everybody, given unseen; or given on what was shown. */
const agreementViews = z.enum(["chosen", "everybody", "shown"]);
export type AgreementView = z.infer<typeof agreementViews>;

const allowedErrors = z.enum(["0.01", "0.02", "0.05", "0.1"]);
export type AllowedErrors = z.infer<typeof allowedErrors>;
const allowedRisks = z.enum(["0.1", "0.05", "0.01"]);
export type AllowedRisk = z.infer<typeof allowedRisks>;

const isId = (text: string | null): text is string => id.safeParse(text).success;
const words = z.enum(["verified", "none"]);

/** Reads the address; a part that makes no sense is as if left out. */
export function readCompareAddress(params: URLSearchParams): CompareAddress {
  const subsetId = params.get("subset");
  const detail = params.get("detail");
  const named = params.get("who")?.split(",").filter(isId);
  return {
    label: params.get("label"),
    gold: readGold(params.get("gold") ?? ""),
    annotators: named ? [...new Set(named)].slice(0, 20) : null,
    subsetId: isId(subsetId) ? subsetId : null,
    detail: isId(detail) ? detail : null,
    agreement: agreementViews.catch("chosen").parse(params.get("agreement")),
    ordered: params.get("ordered") === "yes",
    errors: allowedErrors.catch("0.02").parse(params.get("errors")),
    risk: allowedRisks.catch("0.05").parse(params.get("risk")),
  };
}

/** The part after `?`, empty when nothing is chosen. */
export function printCompareAddress(address: CompareAddress): string {
  const { label, gold, annotators, subsetId, detail, agreement, ordered, errors, risk } = address;
  const params = new URLSearchParams();
  if (label !== null) params.set("label", label);
  if (gold) params.set("gold", printGold(gold));
  if (annotators) params.set("who", annotators.join(","));
  if (subsetId) params.set("subset", subsetId);
  if (detail) params.set("detail", detail);
  if (agreement !== "chosen") params.set("agreement", agreement);
  if (ordered) params.set("ordered", "yes");
  if (errors !== "0.02") params.set("errors", errors);
  if (risk !== "0.05") params.set("risk", risk);
  return params.toString();
}

/** The text form of a gold choice, in the address and in the menu. */
export function printGold(gold: GoldChoice): string {
  if (gold.kind === "metadata") return `metadata:${gold.name}`;
  if (gold.kind === "annotator" || gold.kind === "final") return `${gold.kind}:${gold.id}`;
  return gold.kind;
}

export function readGold(text: string): GoldChoice | null {
  const word = words.safeParse(text);
  if (word.success) return { kind: word.data };
  const colon = text.indexOf(":");
  const [kind, rest] = [text.slice(0, Math.max(colon, 0)), text.slice(colon + 1)];
  if (kind === "metadata" && rest !== "") return { kind, name: rest };
  if ((kind === "annotator" || kind === "final") && isId(rest)) return { kind, id: rest };
  return null;
}

/** What is compared when the address leaves it open: the newest two, against gold metadata or else verified labels. */
export function chooseDefaults(
  { gold, annotators }: CompareAddress,
  { metadata, labellers }: { metadata: Project["metadata"]; labellers: readonly Labeller[] },
): { gold: GoldChoice; annotators: string[] } {
  const trusted = metadata.find(({ visibility }) => visibility === "gold");
  return {
    gold: gold ?? (trusted ? { kind: "metadata", name: trusted.name } : { kind: "verified" }),
    annotators: annotators ?? labellers.slice(0, 2).map((labeller) => labeller.id),
  };
}
