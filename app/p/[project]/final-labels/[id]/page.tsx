import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SnapshotScreen } from "@/components/final-labels/snapshot/snapshot-screen";
import { roleAllows } from "@/contracts/roles";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Final labels" };

type Props = { params: Promise<{ project: string; id: string }> };

export default async function Page({ params }: Props) {
  const { project, id } = await params;
  const caller = await api();
  const { role } = await caller.projects.get({ project });
  const snapshot = await caller.aggregation.get({ project, id, limit: 1 });
  const schema = await caller.projects.getSchema({ project, version: snapshot.schemaVersion });
  const label = schema.labelSchema.find(({ name }) => name === snapshot.label);
  if (!label) notFound();
  const canMake = roleAllows(role, "aggregation:write");
  return <SnapshotScreen project={project} snapshot={snapshot} label={label} canMake={canMake} />;
}
