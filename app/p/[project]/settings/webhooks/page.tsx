import type { Metadata } from "next";
import { WebhooksPage } from "@/components/settings/webhooks/webhooks-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Webhooks" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  const { projects } = await api();
  return <WebhooksPage project={await projects.get({ project })} />;
}
