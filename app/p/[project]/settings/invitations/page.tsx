import type { Metadata } from "next";
import { InvitationsPage } from "@/components/settings/invitations/invitations-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Invitations" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ new?: string | string[] }>;
};

export default async function Page({ params, searchParams }: Props) {
  const { project } = await params;
  const shown = await (await api()).projects.get({ project });
  return <InvitationsPage project={shown} startNew={(await searchParams).new !== undefined} />;
}
