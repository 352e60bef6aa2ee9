import { Figure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Stat, StatRow } from "@/components/ui/stat";
import { ApartNote } from "@/components/verification/apart-note";
import type { SessionReport } from "@/contracts/session-report";

/** The figures that one looks at first: how far, how often the agent was right, when. */
export function ReportFigures({ report }: { report: SessionReport }) {
  const { counts, confirmed, apart, overtaken } = report;
  return (
    <Section title="Verdicts">
      <StatRow>
        <Stat
          label="Labels verified"
          note={
            <>
              of <Figure value={counts.total} />, <Figure value={counts.left} /> left
            </>
          }
        >
          <Figure value={counts.verified} />
        </Stat>
        <Stat label="Confirmed">
          <Figure value={counts.confirmed} />
        </Stat>
        <Stat label="Corrected">
          <Figure value={counts.corrected} />
        </Stat>
        <Stat label="Can't tell">
          <Figure value={counts.unsure} />
        </Stat>
        <Stat label="Overtaken" note="made on an older value">
          <Figure value={overtaken} />
        </Stat>
      </StatRow>
      <dl className="mt-5 grid gap-x-4 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-y-2 max-sm:[&>dd]:mb-2 [&>dt]:text-muted">
        <dt>Agent confirmed, label shown</dt>
        <dd>
          <Interval
            value={confirmed.seen}
            n={confirmed.seen?.n ?? 0}
            method="95% Wilson"
            reason="Nobody has confirmed or corrected a label that they saw, by itself"
          />
        </dd>
        <dt>Agent confirmed, label hidden</dt>
        <dd>
          <Interval
            value={confirmed.blind}
            n={confirmed.blind?.n ?? 0}
            method="95% Wilson"
            reason="Nobody has decided on a hidden label by itself"
          />
        </dd>
        {apart.together + apart.contradicting > 0 ? (
          <>
            <dt>In neither</dt>
            <dd>
              <ApartNote apart={apart} />
            </dd>
          </>
        ) : null}
        <dt>Opened</dt>
        <dd>
          <RelativeTime value={report.startedAt} />
        </dd>
        <dt>First and last verdict</dt>
        <dd>
          {report.firstVerdictAt && report.lastVerdictAt ? (
            <>
              <RelativeTime value={report.firstVerdictAt} />, <RelativeTime value={report.lastVerdictAt} />
            </>
          ) : (
            <Figure value={null} reason="Nobody has decided yet" />
          )}
        </dd>
        <dt>Closed</dt>
        <dd>
          {report.closedAt ? (
            <RelativeTime value={report.closedAt} />
          ) : (
            <span className="text-faint">not yet</span>
          )}
        </dd>
        <dt>Labels of</dt>
        <dd>{report.jobs.map(({ name }) => name).join(", ")}</dd>
      </dl>
    </Section>
  );
}
