import { RecordSourceWords } from "@/components/query/record-source-words";
import type { Session } from "@/contracts/sessions";
import { SessionKindBadges } from "./session-kind-badges";

type SessionMarksProps = {
  /** Slug. */
  project: string;
  session: Session;
};

/** Below a session's name in a list: on which records it was opened, and how people work in it. */
export function SessionMarks({ project, session }: SessionMarksProps) {
  const { records, verdictsPerItem, blindShare, sample, members } = session;
  const people = members?.length ?? 0;
  const isUsual = verdictsPerItem === null && blindShare === 0 && sample === null;
  if (isUsual && people === 0 && !records?.subset && !records?.query) return null;
  return (
    <span className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
      {records ? <RecordSourceWords project={project} source={records} /> : null}
      <SessionKindBadges session={session} />
      {people > 0 ? (
        <span title={members?.map(({ name }) => name).join(", ")}>
          {people === 1 ? "1 annotator" : `${people} annotators`}
        </span>
      ) : null}
    </span>
  );
}
