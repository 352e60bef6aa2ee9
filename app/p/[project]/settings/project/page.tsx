import type { Metadata } from "next";
import { ProjectSettingsPage } from "@/components/settings/project/project-settings-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Project settings" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  const { projects } = await api();
  return <ProjectSettingsPage project={await projects.get({ project })} />;
}
