import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { cn } from "./cn";

type Crumb = { label: ReactNode; href: string };

type PageHeaderProps = {
  /** The way to this page, without the page itself. */
  crumbs?: readonly Crumb[];
  title: ReactNode;
  /** Beside the title: a count, a state. */
  meta?: ReactNode;
  /** Right: secondary actions first, the primary one last. */
  actions?: ReactNode;
  className?: string;
};

/**
 * The header of a page: where I am, and what I can do here, in one line where there is room for both. First child of
 * every page.
 */
export function PageHeader({ crumbs = [], title, meta, actions, className }: PageHeaderProps) {
  return (
    <header
      className={cn(
        "sticky top-0 z-20 flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface px-4 py-1",
        className,
      )}
    >
      <div className="flex min-h-control min-w-0 max-w-full flex-auto items-center gap-1.5 max-md:in-data-shell:pl-9">
        {crumbs.length > 0 ? (
          <nav
            aria-label="Breadcrumbs"
            className="flex min-w-0 items-center gap-1.5 text-muted max-sm:hidden"
          >
            {crumbs.map((crumb) => (
              <Fragment key={crumb.href}>
                <Link href={crumb.href} className="truncate rounded-sm hover:text-text">
                  {crumb.label}
                </Link>
                <ChevronRight aria-hidden className="size-3 shrink-0 text-faint" />
              </Fragment>
            ))}
          </nav>
        ) : null}
        <h1 className="truncate text-sm">{title}</h1>
        {meta ? (
          <span className="tabular flex shrink-0 items-center gap-2 pl-1 text-faint">{meta}</span>
        ) : null}
      </div>
      {actions ? (
        <div className="ml-auto flex max-w-full flex-wrap items-center justify-end gap-2">{actions}</div>
      ) : null}
    </header>
  );
}
