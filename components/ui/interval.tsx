"use client";

import { cn } from "./cn";
import { NoFigure, useFormat } from "./figure";

type IntervalProps = {
  /** The estimate and the ends of its interval; null when it can't be had. */
  value: { point: number; low: number; high: number } | null;
  /** How many observations it rests on. */
  n: number;
  reason?: string | undefined;
  /** What the interval is: "95% Wilson". Read with the number. */
  method?: string;
  as?: "share" | "decimal";
  /** The ends of the drawn scale, in the unit of the value. */
  domain?: readonly [number, number];
  /** Numbers alone, for places without room for the picture. */
  plain?: boolean;
  className?: string;
};

/** A point with its whisker, then the same in numbers: "92.3% (89.1–94.7), n = 212". */
export function Interval(props: IntervalProps) {
  const {
    value,
    n,
    reason,
    method = "95% interval",
    as = "share",
    domain = [0, 1],
    plain = false,
    className,
  } = props;
  const format = useFormat();
  if (value === null)
    return <NoFigure reason={reason ?? `Needs more observations, has ${n}`} className={className} />;
  const point = as === "share" ? format.share(value.point) : format.decimal(value.point);
  const { low, high } = value;
  const range = as === "share" ? format.range(low, high) : `${format.decimal(low)}–${format.decimal(high)}`;
  return (
    <span className={cn("inline-flex items-center gap-2.5 whitespace-nowrap", className)}>
      {plain ? null : <Whisker value={value} domain={domain} />}
      <span className="tabular">
        <span className="font-medium">{point}</span>{" "}
        <span className="text-muted">
          <span className="sr-only">{method} </span>({range})
        </span>{" "}
        <span className="text-faint text-xs">n = {format.count(n)}</span>
      </span>
    </span>
  );
}

type WhiskerProps = {
  value: { point: number; low: number; high: number };
  domain: readonly [number, number];
};

function Whisker({ value, domain: [from, to] }: WhiskerProps) {
  const x = (position: number) => 2 + 76 * Math.min(1, Math.max(0, (position - from) / (to - from)));
  return (
    <svg aria-hidden="true" width="80" height="12" viewBox="0 0 80 12" className="shrink-0">
      <line x1="2" x2="78" y1="6" y2="6" stroke="var(--line)" />
      <line x1={x(value.low)} x2={x(value.high)} y1="6" y2="6" stroke="var(--text-muted)" strokeWidth="1.5" />
      {[value.low, value.high].map((end) => (
        <line key={end} x1={x(end)} x2={x(end)} y1="3" y2="9" stroke="var(--text-muted)" strokeWidth="1.5" />
      ))}
      <circle cx={x(value.point)} cy="6" r="2.75" fill="var(--text)" />
    </svg>
  );
}
