"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { optionLooks } from "@/components/labelling/label-options";
import { useCalledApart } from "@/components/labelling/use-people-apart";
import { Button, ButtonLink } from "@/components/ui/button";
import { useCommands } from "@/components/ui/commands";
import { ErrorState } from "@/components/ui/error-state";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { SessionReportAnswer } from "@/contracts/session-report";
import { problemOf, useTRPC } from "@/trpc/client";
import { AgreementTables } from "./agreement-tables";
import { CorrectionsTable } from "./corrections-table";
import { PeopleTable } from "./people-table";
import { ReportFigures } from "./report-figures";
import { reportMarkdown } from "./report-markdown";

export type SessionReportScreenProps = {
  /** Slug. */
  project: string;
  id: string;
  /** Which closing is shown; null: now, or of a closed session the last one. */
  closing: number | null;
  answer: SessionReportAnswer;
  /** The session's label in its schema version. */
  label: LabelDefinition | null;
};

/** What a session has come to: now, and as it stood each time that it was closed. */
export function SessionReportScreen({ project, id, closing, answer, label }: SessionReportScreenProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const query = useQuery(
    trpc.sessions.report.queryOptions(
      { project, id, ...(closing === null ? {} : { closing }) },
      { initialData: answer },
    ),
  );
  const { report, closings } = query.data;
  const { session } = report;
  const looks = useMemo(() => (label ? optionLooks(label) : []), [label]);
  // Whoever sees others here may see who the members are.
  const called = useCalledApart(project, report.people.length > 1);
  const here = `/p/${project}/verify/${id}`;
  useCommands(
    useMemo(
      () => [
        {
          id: "report-download",
          group: "Report",
          label: "Download the report as Markdown",
          run: () => download(`${session.name}.md`, reportMarkdown(report, called)),
        },
      ],
      [report, called, session.name],
    ),
  );
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Verify", href: `/p/${project}/verify` },
          { label: session.name, href: here },
        ]}
        title="Report"
        meta={
          <span className="max-sm:hidden">
            {session.label}, <RelativeTime value={report.closedAt ?? report.asOf} />
          </span>
        }
        actions={
          <>
            {closings.length > 0 ? (
              <Select
                aria-label="As it stood"
                className="w-44"
                options={[
                  {
                    value: "now",
                    label: report.closedAt && closing === null ? "At the last closing" : "Now",
                  },
                  ...closings.map(({ number, by }) => ({
                    value: `${number}`,
                    label: `Closing ${number}`,
                    hint: `by ${called(by).name}`,
                  })),
                ]}
                value={closing === null ? "now" : `${closing}`}
                onValueChange={(next) =>
                  router.push(next === "now" ? `${here}/report` : `${here}/report?closing=${next}`)
                }
              />
            ) : null}
            <ButtonLink href={here} className="max-sm:hidden">
              Open session
            </ButtonLink>
            <Button onClick={() => download(`${session.name}.md`, reportMarkdown(report, called))}>
              <Download aria-hidden /> Download Markdown
            </Button>
          </>
        }
      />
      <PageBody>
        {query.isError ? (
          <ErrorState
            what="The report did not load"
            why={problemOf(query.error).detail}
            onRetry={() => void query.refetch()}
          />
        ) : null}
        <ReportFigures report={report} />
        <Section
          title="Corrections"
          description="What people changed the agent's labels to. The share is of all labels with that value that were judged."
        >
          <CorrectionsTable corrections={report.corrections} options={looks} />
        </Section>
        <Section
          title="People"
          description="Active time is measured while a label has the focus, the page is visible and somebody is working. Bulk actions and programs have none."
        >
          <PeopleTable people={report.people} called={called} />
        </Section>
        <Section
          title="Agreement between people"
          description="On labels for which at least two people chose options. Where they could see each other's verdicts, agreement is higher than it would otherwise be."
        >
          <AgreementTables agreement={report.agreement} called={called} />
        </Section>
      </PageBody>
    </>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|]+/g, "-");
  link.click();
  URL.revokeObjectURL(url);
}
