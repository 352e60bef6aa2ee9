import { drawSeed } from "@/components/subsets/sample/draw-seed";
import type { Session } from "@/contracts/sessions";

/** What can be chosen about a session that is about to be opened. */
export type SessionWay = {
  /** As typed; empty: it is called after the label and the jobs. */
  name: string;
  mode: Session["mode"];
  /** Verdicts per label, in an independent session; as typed. */
  verdictsPerItem: string;
  /** Percent of the labels that are blind; as typed. */
  blindPercent: string;
  /** How many of the records, drawn at random; as typed, empty: all of them. */
  sampleSize: string;
  /** Annotators who are let in, by id. */
  members: readonly string[];
};

export const usualWay: SessionWay = {
  name: "",
  mode: "shared",
  verdictsPerItem: "2",
  blindPercent: "0",
  sampleSize: "",
  members: [],
};

export type WayProblems = { verdictsPerItem?: string; blindPercent?: string; sampleSize?: string };

const MAX_SAMPLE = 1_000_000;

/** What is wrong with it, and how to set it right. */
export function wayProblems({ mode, verdictsPerItem, blindPercent, sampleSize }: SessionWay): WayProblems {
  const people = Number(verdictsPerItem);
  const percent = Number(blindPercent);
  const isCount = /^\d{1,2}$/.test(verdictsPerItem) && people >= 1 && people <= 20;
  const isPercent = blindPercent.trim() !== "" && percent >= 0 && percent <= 100;
  return {
    ...(mode === "independent" && !isCount ? { verdictsPerItem: "Give a whole number from 1 to 20" } : {}),
    ...(isPercent ? {} : { blindPercent: "Give a number from 0 to 100" }),
    ...(isSize(sampleSize.trim())
      ? {}
      : { sampleSize: "Give a whole number from 1 to 1,000,000, or nothing" }),
  };
}

const isSize = (size: string): boolean =>
  size === "" || (/^\d{1,7}$/.test(size) && Number(size) >= 1 && Number(size) <= MAX_SAMPLE);

/** As `sessions.create` takes it; only when nothing is wrong with it. */
export const wayInput = ({ name, mode, verdictsPerItem, blindPercent, sampleSize, members }: SessionWay) => ({
  ...(name.trim() === "" ? {} : { name: name.trim() }),
  members: [...members],
  mode,
  ...(mode === "independent" ? { verdictsPerItem: Number(verdictsPerItem) } : {}),
  blindShare: Number(blindPercent) / 100,
  ...(sampleSize.trim() === "" ? {} : { sample: { size: Number(sampleSize), seed: drawSeed() } }),
});
