import { RecordSourceWords } from "@/components/query/record-source-words";
import { Figure } from "@/components/ui/figure";
import type { JobSummary } from "@/contracts/jobs";

type JobRecordsProps = {
  /** Slug. */
  project: string;
  job: Pick<JobSummary, "records" | "counts">;
};

/** On which records a job ran, and how many they were: "held-out, 59 records". */
export function JobRecords({ project, job: { records, counts } }: JobRecordsProps) {
  const isNarrowed = records.subset !== null || Object.keys(records.query ?? {}).length > 0;
  return (
    <span>
      <RecordSourceWords project={project} source={records} />
      {isNarrowed ? ", " : null}
      <Figure value={counts.total} /> {counts.total === 1 ? "record" : "records"}
    </span>
  );
}
