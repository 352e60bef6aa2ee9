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
  | "statistics"
  | "final-labels"
  | "settings";

export type NavItem = {
  key: NavKey;
  label: string;
  href: string;
  /** A further address of the same part of the work, with all that lies below it. */
  also?: string;
  /** Nothing that lies below its address is part of it. */
  alone?: true;
  /** Things that wait there for the reader, e.g. records left to verify. */
  count?: number;
};

/** Every screen of a project in the order of the work. The caller leaves out what the reader's role may not see. */
export function projectNav(project: string): NavItem[] {
  const base = `/p/${project}`;
  return [
    { key: "overview", label: "Overview", href: base, alone: true },
    { key: "inbox", label: "Inbox", href: `${base}/inbox` },
    {
      key: "records",
      label: "Records",
      href: `${base}/records`,
      also: `${base}/import`,
    },
    { key: "subsets", label: "Subsets", href: `${base}/subsets` },
    { key: "assignments", label: "Assignments", href: `${base}/assignments` },
    { key: "schema", label: "Schema", href: `${base}/schema` },
    { key: "agents", label: "Agents", href: `${base}/agents` },
    { key: "jobs", label: "Jobs", href: `${base}/jobs` },
    { key: "verify", label: "Verify", href: `${base}/verify` },
    { key: "compare", label: "Compare", href: `${base}/compare` },
    { key: "statistics", label: "Statistics", href: `${base}/statistics` },
    {
      key: "final-labels",
      label: "Final labels",
      href: `${base}/final-labels`,
      also: `${base}/reconcile`,
    },
    { key: "settings", label: "Settings", href: `${base}/settings` },
  ];
}

/**
 * The item that has the path, else the one with the longest address that begins it; undefined when none does.
 * `subset`: of the address, where records of a subset are labelled.
 */
export function currentItem(
  items: readonly NavItem[],
  path: string,
  subset: string | null = null,
): NavItem | undefined {
  const labelling = /^\/p\/[^/]+\/annotate(\/.+)?$/.exec(path);
  if (labelling)
    return begunFrom(items, { isAssignment: labelling[1] !== undefined, isSubset: subset !== null });
  return items
    .flatMap((item) => [item.href, item.also ?? item.href].map((href) => ({ item, href })))
    .filter(({ item, href }) => path === href || (!item.alone && path.startsWith(`${href}/`)))
    .sort((one, other) => other.href.length - one.href.length)[0]?.item;
}

/** Where labelling is begun: an annotator finds on the overview what is theirs. */
function begunFrom(
  items: readonly NavItem[],
  { isAssignment, isSubset }: { isAssignment: boolean; isSubset: boolean },
): NavItem | undefined {
  const find = (key: NavKey) => items.find((item) => item.key === key);
  const seesOnlyOwn = find("subsets") === undefined;
  if (isAssignment || seesOnlyOwn) return find("overview");
  return find(isSubset ? "subsets" : "records");
}
