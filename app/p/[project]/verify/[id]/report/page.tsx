import type { Metadata } from "next";
import { SessionReportScreen } from "@/components/verification/report/session-report-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Session report" };

type Props = {
  params: Promise<{ project: string; id: string }>;
  searchParams: Promise<{ closing?: string }>;
};

export default async function Page({ params, searchParams }: Props) {
  const [{ project, id }, { closing }] = await Promise.all([params, searchParams]);
  const caller = await api();
  const number = closing && /^[1-9]\d{0,4}$/.test(closing) ? Number(closing) : undefined;
  const answer = await caller.sessions.report({ project, id, ...(number ? { closing: number } : {}) });
  const { labelSchema } = await caller.projects.getSchema({
    project,
    version: answer.report.session.schemaVersion,
  });
  const label = labelSchema.find(({ name }) => name === answer.report.session.label);
  return (
    <SessionReportScreen
      project={project}
      id={id}
      closing={number ?? null}
      answer={answer}
      label={label ?? null}
    />
  );
}
