import type { Contributions } from "@/contracts/project-statistics";

export type DayOfWork = { day: string; time: number; labels: number; verdicts: number; reconciled: number };

/** What everybody together did on each day, the earliest first. */
export function daysOfWork(days: Contributions["days"]): DayOfWork[] {
  const found = new Map<string, DayOfWork>();
  for (const { day, labels, verdicts, reconciled } of days) {
    const sum = found.get(day) ?? { day, time: Date.parse(day), labels: 0, verdicts: 0, reconciled: 0 };
    sum.labels += labels;
    sum.verdicts += verdicts;
    sum.reconciled += reconciled;
    found.set(day, sum);
  }
  return [...found.values()].sort((one, other) => one.time - other.time);
}
