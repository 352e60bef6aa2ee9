import {
  Bell,
  Bookmark,
  Bot,
  ChartColumn,
  CheckCheck,
  FolderClosed,
  GitCompareArrows,
  Inbox,
  LayoutDashboard,
  type LucideIcon,
  Play,
  Rows3,
  Settings2,
  Stamp,
  Tags,
} from "lucide-react";
import type { NavKey } from "./project-nav";

const icons: Record<NavKey, LucideIcon> = {
  projects: FolderClosed,
  assignments: Inbox,
  overview: LayoutDashboard,
  inbox: Bell,
  records: Rows3,
  subsets: Bookmark,
  schema: Tags,
  agents: Bot,
  jobs: Play,
  verify: CheckCheck,
  compare: GitCompareArrows,
  statistics: ChartColumn,
  "final-labels": Stamp,
  settings: Settings2,
};

export function NavIcon({ name }: { name: NavKey }) {
  const Icon = icons[name];
  return <Icon aria-hidden strokeWidth={1.75} className="size-4 shrink-0" />;
}
