import type { Metadata } from "next";
import { AuditPage } from "@/components/settings/audit/audit-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Audit log" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ action?: string | string[] }>;
};

export default async function Page({ params, searchParams }: Props) {
  const [{ project }, { action }] = await Promise.all([params, searchParams]);
  const shown = await (await api()).projects.get({ project });
  return <AuditPage project={shown} action={action === undefined ? undefined : String(action)} />;
}
