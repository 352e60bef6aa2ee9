"use client";

import { Check } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Section } from "@/components/ui/section";
import type { Overview, OverviewStep } from "@/contracts/overview";
import type { Project } from "@/contracts/projects";
import { roleAllows, type Scope } from "@/contracts/roles";

type StepWords = { title: string; why: string; verb: string; path: string; needs: Scope };

const words: Record<OverviewStep, StepWords> = {
  schema: {
    title: "Define the labels",
    why: "Which labels a record can get, and which options each has.",
    verb: "Define labels",
    path: "/schema",
    needs: "schema:write",
  },
  records: {
    title: "Import records",
    why: "A CSV or JSON Lines file: one text in a row, with anything known about it.",
    verb: "Import records",
    path: "/import",
    needs: "records:import",
  },
  members: {
    title: "Invite a second person",
    why: "By a link; a name is enough to join.",
    verb: "Invite people",
    path: "/settings/invitations",
    needs: "members:manage",
  },
  agent: {
    title: "Register an agent",
    why: "A model and a prompt made from the schema.",
    verb: "Register an agent",
    path: "/agents/new",
    needs: "agents:write",
  },
  job: {
    title: "Run it on some records",
    why: "A hundred are enough to see how good it is.",
    verb: "Run the agent",
    path: "/jobs/new",
    needs: "jobs:run",
  },
  verification: {
    title: "Verify its labels together",
    why: "The doubtful ones first, several people at once.",
    verb: "Verify labels",
    path: "/verify",
    needs: "verification:write",
  },
  finalLabels: {
    title: "Decide the final labels",
    why: "By a policy: what people verified first, else the majority of the agents.",
    verb: "Choose a policy",
    path: "/final-labels",
    needs: "aggregation:write",
  },
  export: {
    title: "Export them",
    why: "With who and what each label comes from.",
    verb: "Export labels",
    path: "/final-labels",
    needs: "export:read",
  },
};

type NextStepsProps = {
  project: Project;
  steps: Overview["steps"];
  /** Another part of the screen has the primary button. */
  quiet: boolean;
};

/** The way to the first export; gone after it. */
export function NextSteps({ project, steps, quiet }: NextStepsProps) {
  if (steps.every(({ done }) => done) || steps.some(({ step, done }) => step === "export" && done))
    return null;
  const next = steps.find(({ step, done }) => !done && roleAllows(project.role, words[step].needs))?.step;
  return (
    <Section title="What to do next">
      <ol className="divide-y border-t">
        {steps.map(({ step, done }, at) => {
          const { title, why, verb, path } = words[step];
          const isNext = step === next;
          return (
            <li
              key={step}
              aria-current={isNext ? "step" : undefined}
              className={cn(
                "flex flex-wrap items-center gap-x-3 gap-y-1 px-2 py-2",
                isNext && "bg-accent-soft",
              )}
            >
              <span
                className={cn(
                  "inline-flex size-5 shrink-0 items-center justify-center rounded-full border text-xs",
                  done ? "border-transparent bg-good-soft text-good" : "text-muted",
                )}
              >
                {done ? <Check aria-hidden className="size-3" /> : at + 1}
                <span className="sr-only">{done ? "done:" : "open:"}</span>
              </span>
              <span className={cn("min-w-0 flex-1", done && "text-muted")}>
                <span className="font-medium">{title}</span>
                {isNext ? <span className="block text-muted">{why}</span> : null}
              </span>
              {isNext ? (
                <ButtonLink variant={quiet ? "secondary" : "primary"} href={`/p/${project.slug}${path}`}>
                  {verb}
                </ButtonLink>
              ) : null}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
