import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ReaderProvider } from "./reader";
import { RelativeTime } from "./relative-time";
import { TooltipProvider } from "./tooltip";

const now = Date.parse("2026-03-01T12:00:00Z");

const shown = (seconds: number, ahead = false) =>
  renderToStaticMarkup(
    <ReaderProvider locale="en" renderedAt={now}>
      <TooltipProvider>
        <RelativeTime value={now + seconds * 1000} ahead={ahead} />
      </TooltipProvider>
    </ReaderProvider>,
  ).replace(/<[^>]*>/g, "");

it("never puts into the future what has happened, as seen by a clock that lags", () => {
  expect([shown(12), shown(90), shown(-12)]).toEqual(["now", "now", "12 sec. ago"]);
});

it("says how far off a date is that is to come", () => {
  expect([shown(90, true), shown(-90, true)]).toEqual(["in 1 min.", "1 min. ago"]);
});
