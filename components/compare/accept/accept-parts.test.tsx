import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { Acceptance, AcceptPlan } from "@/contracts/acceptance";
import { AcceptApplied } from "./accept-applied";
import { LeftOut } from "./accept-missing";
import { RiskTable } from "./risk-table";

const told = (part: ReactNode) =>
  renderToStaticMarkup(<TooltipProvider>{part}</TooltipProvider>)
    .replace(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

const applied: Acceptance = {
  ...{ id: "a", jobId: "j", label: "tone", threshold: 0.83, epsilon: 0.02, alpha: 0.05 },
  ...{ accepted: 41_200, checked: 149, errors: 0, bound: 0.0199 },
  createdBy: { id: "p", name: "Ann" },
  createdAt: "2026-01-01T00:00:00.000Z",
  ...{ undoneAt: null, undoneBy: null },
};

it("what was accepted says by whom and on what, and only who may undoes it", () => {
  const words = told(<AcceptApplied applied={applied} onUndo={() => {}} undoing={false} />);
  expect(words).toContain("41,200 labels accepted: ≤ 2% errors at 95% confidence");
  expect(words).toContain("By Ann");
  expect(words).toContain("149 labels were drawn at random and verified blind: 0 wrong");
  expect(words).toContain("Undo");
  expect(told(<AcceptApplied applied={applied} onUndo={null} undoing={false} />)).not.toContain("Undo");
});

it("sessions that don't count are named with what would help", () => {
  const excluded = { unsure: 3, together: 0, undecided: 5 };
  const session = { sessionId: "s", name: "Blind check", blind: 60 };
  const words = (reason: AcceptPlan["leftOut"][number]["reason"]) =>
    told(<LeftOut project="p" plan={{ excluded, leftOut: [{ ...session, reason, left: 1 }] }} />);
  expect(words("unfinished")).toContain("Blind check counts once 1 more blind label is decided");
  expect(words("unfinished")).toContain("3 where nobody could tell, 5 left undecided");
  expect(words("unequal_chances")).toContain("not drawn at random");
  expect(words("hidden")).toContain("hides labels from you");
  expect(
    told(
      <LeftOut project="p" plan={{ excluded: { unsure: 0, together: 0, undecided: 0 }, leftOut: [] }} />,
    ).trim(),
  ).toBe("");
});

it("the table says n and the interval, and of a step without checked labels why there is no bound", () => {
  const step = { threshold: 0.9, coverage: 0.5, accepted: 500, checked: 100, errors: 2 };
  const curve: AcceptPlan["curve"] = [
    { ...step, risk: 0.02, interval: [0.006, 0.07], bound: 0.0616 },
    {
      ...{ ...step, threshold: 0.4, coverage: 1, accepted: 1000, checked: 0, errors: 0 },
      ...{ risk: null, interval: null, bound: 1 },
    },
  ];
  const words = told(<RiskTable curve={curve} threshold={0.9} name="One" />);
  expect(words).toContain("0.900 500 (50%) 100 2 (2.0%) 0.6–7.0 6.2%");
  expect(words).toContain("None of them was checked");
});
