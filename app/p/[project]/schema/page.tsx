import type { Metadata } from "next";
import { SchemaScreen } from "@/components/schema/schema-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Schema" };

type Props = { params: Promise<{ project: string }> };

export default async function SchemaPage({ params }: Props) {
  const { project } = await params;
  const { projects } = await api();
  const [shown, active] = await Promise.all([projects.get({ project }), projects.activeSchema({ project })]);
  return <SchemaScreen project={shown} active={active} />;
}
