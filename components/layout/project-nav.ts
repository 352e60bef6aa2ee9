/** A place in the sidebar; its icon is chosen by the key (nav-icon.tsx). */
export type NavKey =
  | "projects"
  | "assignments"
  | "overview"
  | "inbox"
  | "records"
  | "subsets"
  | "schema"
  | "agents"
  | "jobs"
  | "verify"
  | "compare"
  | "final-labels"
  | "settings";

export type NavItem = {
  key: NavKey;
  label: string;
  href: string;
  /** A further address of the same part of the work, with all that lies below it. */
  also?: string;
  /** One more, without what lies below it. */
  alsoAt?: string;
  /** Things that wait there for the reader, e.g. records left to verify. */
  count?: number;
};

/** Every screen of a project in the order of the work. The caller leaves out what the reader's role may not see. */
export function projectNav(project: string): NavItem[] {
  const base = `/p/${project}`;
  return [
    { key: "overview", label: "Overview", href: base },
    { key: "inbox", label: "Inbox", href: `${base}/inbox` },
    {
      key: "records",
      label: "Records",
      href: `${base}/records`,
      also: `${base}/import`,
      // Labelling what one found oneself; an assignment, which lies below, is found on the overview.
      alsoAt: `${base}/annotate`,
    },
    { key: "subsets", label: "Subsets", href: `${base}/subsets` },
    { key: "assignments", label: "Assignments", href: `${base}/assignments` },
    { key: "schema", label: "Schema", href: `${base}/schema` },
    { key: "agents", label: "Agents", href: `${base}/agents` },
    { key: "jobs", label: "Jobs", href: `${base}/jobs` },
    { key: "verify", label: "Verify", href: `${base}/verify` },
    { key: "compare", label: "Compare", href: `${base}/compare` },
    {
      key: "final-labels",
      label: "Final labels",
      href: `${base}/final-labels`,
      also: `${base}/reconcile`,
    },
    { key: "settings", label: "Settings", href: `${base}/settings` },
  ];
}

/** The item that has the path, else the one with the longest address that begins it; undefined when none does. */
export function currentItem(items: readonly NavItem[], path: string): NavItem | undefined {
  const at = items.find(({ alsoAt }) => alsoAt === path);
  if (at) return at;
  return items
    .flatMap((item) => [item.href, item.also ?? item.href].map((href) => ({ item, href })))
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((one, other) => other.href.length - one.href.length)[0]?.item;
}
