import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { DecisionChange, LiveSession } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import { type Decisions, useDecisions } from "./use-decisions";

const other = { differs: "d-2", agrees: "s-2" };
const label = (annotationId: string, value: string, twin: string, twinValue: string): SessionItem => ({
  annotationId,
  recordId: annotationId.slice(0, 1),
  externalId: annotationId,
  content: "A text",
  metadata: {},
  jobId: annotationId.slice(2),
  level: "record",
  start: null,
  end: null,
  blind: false,
  value: [value],
  conf: null,
  confReason: null,
  probabilities: null,
  position: 0,
  inclusion: 1,
  room: "room",
  others: [{ annotationId: twin, jobId: "1", value: [twinValue], start: null, end: null, conf: null }],
  sameRecord: [{ annotationId: twin, room: "room" }],
  holder: null,
  verdict: null,
  verdicts: [],
  enough: false,
});
/** Two records with a label of each of two jobs: in `d` they differ, in `s` they say the same. */
const rows = [
  label("d-1", "pos", other.differs, "neg"),
  label(other.differs, "neg", "d-1", "pos"),
  label("s-1", "pos", other.agrees, "pos"),
  label(other.agrees, "pos", "s-1", "pos"),
];

type DecisionsInput = Parameters<typeof useDecisions>[0];

function Page({ input, take }: { input: DecisionsInput; take: (decisions: Decisions) => void }) {
  take(useDecisions(input));
  return null;
}

/** The decisions of a page on which these rows are selected, and the acts that they lead to. */
function page(focusedId: string, selected: readonly string[] = []) {
  const acts: (readonly DecisionChange[])[] = [];
  const live = {
    readOnly: false,
    verdictOf: () => null,
    decide(changes: readonly DecisionChange[]) {
      acts.push(changes);
      return { changed: changes.length };
    },
  } as unknown as LiveSession;
  const taken: { decisions?: Decisions } = {};
  const input: DecisionsInput = {
    live,
    rows,
    focusedId,
    selected: new Set(selected),
    clearSelection: () => undefined,
    focus: () => undefined,
    multi: false,
    nameOf: (id) => id,
    takeTime: () => 700,
  };
  renderToStaticMarkup(
    <Page
      input={input}
      take={(decisions) => {
        taken.decisions = decisions;
      }}
    />,
  );
  if (!taken.decisions) throw new Error("The page was not drawn.");
  return { decisions: taken.decisions, acts };
}

it("settles every job's label of the record in one act", () => {
  const { decisions, acts } = page("d-1");
  decisions.confirm();
  expect(acts).toEqual([
    [
      { annotationId: "d-1", room: "room", status: "CONFIRMS", value: ["pos"], ms: 700 },
      { annotationId: other.differs, room: "room", value: ["pos"] },
    ],
  ]);
});

it("confirms the rest without records on which the jobs differ, each label once and told apart", () => {
  const { decisions, acts } = page("d-1");
  expect(decisions.left()).toMatchObject({ rest: [rows[2], rows[3]], between: 2 });
  decisions.confirmRest();
  expect(acts[0]?.map(({ annotationId, together }) => [annotationId, together])).toEqual([
    ["s-1", true],
    [other.agrees, true],
  ]);
});

it("confirms no selection in which jobs differ, but sets one value for all of it", () => {
  const both = page("d-1", ["d-1", other.differs]);
  both.decisions.confirm();
  expect(both.acts).toEqual([]);
  both.decisions.choose("neg");
  expect(both.acts[0]?.map(({ annotationId, value }) => [annotationId, value])).toEqual([
    ["d-1", ["neg"]],
    [other.differs, ["neg"]],
  ]);
});

it("takes one selected row for one that is looked at", () => {
  const { decisions, acts } = page("s-1", ["s-1"]);
  decisions.confirm();
  expect(acts[0]?.some(({ together }) => together)).toBe(false);
});
