"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { ErrorState } from "@/components/ui/error-state";
import { Markdown } from "@/components/ui/markdown";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { readDocument } from "./read-document";
import { RouteDoc } from "./route-doc";

const address = "/api/v1/openapi.json";

async function load() {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return readDocument(await answer.json());
}

/** The REST API for people to read: the generated OpenAPI document as a page. */
export function ApiDocsScreen() {
  const { data, isPending, error, refetch } = useQuery({ queryKey: [address], queryFn: load });
  return (
    <div className="flex min-h-dvh flex-col bg-surface">
      <PageHeader
        crumbs={[{ label: "Tandem", href: "/projects" }]}
        title="API, version 1"
        actions={
          <a href={address} className="rounded-sm text-accent hover:underline">
            openapi.json
          </a>
        }
      />
      <main id="content">
        <PageBody className="max-w-4xl">
          {error ? (
            <ErrorState
              what="The description of the API did not load"
              why={error.message}
              onRetry={() => void refetch()}
            />
          ) : isPending ? (
            <SkeletonRows label="Loading the API" />
          ) : (
            <>
              <Markdown className="text-muted">{data.description}</Markdown>
              <p className="mt-4 mb-2">
                Take an access token from{" "}
                <Link href="/account" className="text-accent underline underline-offset-2">
                  your account
                </Link>
                , then:
              </p>
              <CodeBlock
                label="A first call"
                text={`curl -H "Authorization: Bearer $TANDEM_TOKEN" ${data.server}/me`}
              />
              <nav aria-label="Sections" className="my-6 flex flex-wrap gap-x-4 gap-y-1 border-y py-3">
                {data.groups.map(({ tag }) => (
                  <a key={tag} href={`#${tag}`} className="rounded-sm text-accent hover:underline">
                    {tag}
                  </a>
                ))}
              </nav>
              {data.groups.map(({ tag, routes }) => (
                <section key={tag} id={tag} aria-label={tag} className="mb-8 scroll-mt-14">
                  <h2 className="mb-2 text-lg">{tag}</h2>
                  <div className="divide-y border-y">
                    {routes.map((route) => (
                      <RouteDoc key={route.id} route={route} />
                    ))}
                  </div>
                </section>
              ))}
            </>
          )}
        </PageBody>
      </main>
    </div>
  );
}
