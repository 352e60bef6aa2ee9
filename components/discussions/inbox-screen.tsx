"use client";

import { useRouter } from "next/navigation";
import { NavTabs } from "@/components/ui/nav-tabs";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Toolbar } from "@/components/ui/toolbar";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { FlagList } from "./flag-list";
import { InboxList } from "./inbox-list";
import { MarkAllRead } from "./mark-all-read";
import { useUnread } from "./use-unread";

/** What the address says: which part, and of it which. */
type InboxAddress = { tab: "inbox" | "flags"; only: "open" | "all" };

type InboxScreenProps = { project: Project; address: InboxAddress };

/** What the reader was told in this project, and the flags on its records. */
export function InboxScreen({ project, address: { tab, only } }: InboxScreenProps) {
  const router = useRouter();
  const unread = useUnread(project.slug);
  const base = `/p/${project.slug}/inbox`;
  const isInbox = tab === "inbox";
  const hrefOf = (next: string) => {
    const params = new URLSearchParams({
      ...(isInbox ? {} : { tab: "flags" }),
      ...(next === "open" ? {} : { only: next }),
    }).toString();
    return params === "" ? base : `${base}?${params}`;
  };
  return (
    <>
      <PageHeader
        title="Inbox"
        actions={isInbox && unread > 0 ? <MarkAllRead project={project.slug} /> : null}
      />
      {roleAllows(project.role, "discussions:read") ? (
        <>
          <NavTabs
            label="Parts of the inbox"
            className="px-4"
            items={[
              { href: base, label: "For you", count: unread || undefined, current: isInbox },
              { href: `${base}?tab=flags`, label: "Flags", current: !isInbox },
            ]}
          />
          <Toolbar label="Filters">
            <SegmentedControl
              label="Which"
              value={only}
              onValueChange={(next) => router.replace(hrefOf(next), { scroll: false })}
              options={[
                { value: "open", label: isInbox ? "Unread" : "Open" },
                { value: "all", label: "All" },
              ]}
            />
          </Toolbar>
          <PageBody>
            {isInbox ? (
              <InboxList project={project.slug} unread={only === "open"} />
            ) : (
              <FlagList project={project.slug} open={only === "open"} />
            )}
          </PageBody>
        </>
      ) : (
        <PageBody>
          <NoPermission title="You can't read discussions in this project">
            Ask an administrator of the project for another role.
          </NoPermission>
        </PageBody>
      )}
    </>
  );
}
