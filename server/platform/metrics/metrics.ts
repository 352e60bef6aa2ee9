import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { processWide } from "../process-wide";

/** Everything that this process counts, the process itself included. */
export const metricsRegistry = (): Registry =>
  processWide("metrics", () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    return registry;
  });

type Named<L extends string> = {
  /** `tandem_<what>_<unit>`, and `_total` for what only grows. */
  name: string;
  help: string;
  /**
   * Each has few values, all from lists of the program: never an id, a name, an address or a text that somebody wrote.
   */
  labels?: readonly L[];
};

/** Gives a metric, which is made at the first call: a look at a variable from then on. */
type Lazy<T> = () => T;

/** What only grows. */
export const counter = <L extends string = never>({ name, help, labels = [] }: Named<L>): Lazy<Counter<L>> =>
  once(name, (registers) => new Counter({ name, help, labelNames: [...labels], registers }));

/** How long something takes, in seconds. @param buckets upper bounds, in seconds */
export const duration = <L extends string = never>({
  name,
  help,
  labels = [],
  buckets,
}: Named<L> & { buckets: readonly number[] }): Lazy<Histogram<L>> =>
  once(
    name,
    (registers) => new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
  );

/**
 * What goes up and down.
 * @param collect sets it anew whenever somebody reads; where that fails nothing of it is shown
 */
export const gauge = <L extends string = never>({
  name,
  help,
  labels = [],
  collect,
}: Named<L> & { collect?: (gauge: Gauge<L>) => Promise<void> }): Lazy<Gauge<L>> =>
  once(
    name,
    (registers) =>
      new Gauge<L>({
        name,
        help,
        labelNames: [...labels],
        registers,
        ...(collect
          ? {
              async collect() {
                this.reset();
                await collect(this).catch(() => this.reset());
              },
            }
          : {}),
      }),
  );

function once<T>(name: string, make: (registers: Registry[]) => T): Lazy<T> {
  let made: T | undefined;
  return () => {
    made ??= processWide(`metric.${name}`, () => make([metricsRegistry()]));
    return made;
  };
}
