import type { Session } from "@/contracts/sessions";

/** How people work in a session that is about to be opened. */
export type SessionWay = {
  mode: Session["mode"];
  /** Verdicts a label, in an independent session; as typed. */
  overlap: string;
  /** Percent of the labels that are blind; as typed. */
  blindPercent: string;
};

export const usualWay: SessionWay = { mode: "shared", overlap: "2", blindPercent: "0" };

export type WayProblems = { overlap?: string; blindPercent?: string };

/** What is wrong with it, and how to set it right. */
export function wayProblems({ mode, overlap, blindPercent }: SessionWay): WayProblems {
  const people = Number(overlap);
  const percent = Number(blindPercent);
  const isCount = /^\d{1,2}$/.test(overlap) && people >= 1 && people <= 20;
  const isPercent = blindPercent.trim() !== "" && percent >= 0 && percent <= 100;
  return {
    ...(mode === "independent" && !isCount ? { overlap: "Give a whole number from 1 to 20" } : {}),
    ...(isPercent ? {} : { blindPercent: "Give a number from 0 to 100" }),
  };
}

/** As `sessions.create` takes it; only when nothing is wrong with it. */
export const wayInput = ({ mode, overlap, blindPercent }: SessionWay) => ({
  mode,
  ...(mode === "independent" ? { overlap: Number(overlap) } : {}),
  blindShare: Number(blindPercent) / 100,
});
