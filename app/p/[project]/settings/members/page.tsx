import type { Metadata } from "next";
import { MembersPage } from "@/components/settings/members/members-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Members" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  const { access, projects } = await api();
  const [me, shown] = await Promise.all([access.me(), projects.get({ project })]);
  return <MembersPage project={shown} myId={me.id} />;
}
