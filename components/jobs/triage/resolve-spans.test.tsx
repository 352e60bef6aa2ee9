import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { LabelDefinition } from "@/contracts/label-schema";
import { ResolveSpans } from "./resolve-spans";

const names: LabelDefinition = {
  name: "names",
  level: "span",
  options: [{ value: "per", text: "person" }],
};
const markup = (read: { start: number; end: number; value: string[] }[], decided = false) =>
  renderToStaticMarkup(
    <TooltipProvider>
      <ResolveSpans
        label={names}
        text="Ann met Bob"
        read={read}
        decided={decided}
        busy={false}
        onResolve={() => undefined}
      />
    </TooltipProvider>,
  );
const button = (html: string, words = "Resolve|Mark what") =>
  new RegExp(`<button[^>]*>(?=[^<]*(?:${words}))[^<]*`).exec(html)?.[0] ?? "";

it("takes it that there is nothing to mark, whatever could be read, until it is decided", () => {
  const ann = { start: 0, end: 3, value: ["per"] };
  for (const read of [[], [ann]]) {
    expect(button(markup(read), "Nothing to mark")).toMatch(/Nothing to mark$/);
    expect(button(markup(read), "Nothing to mark")).not.toContain(' disabled=""');
    expect(button(markup(read, true), "Nothing to mark")).toContain(' disabled=""');
  }
});

it("begins with the spans that could be read, and takes no spans without one", () => {
  const ann = { start: 0, end: 3, value: ["per"] };
  expect(button(markup([ann]))).toMatch(/Resolve as this span$/);
  expect(button(markup([ann]))).not.toContain(' disabled=""');
  expect(button(markup([]))).toContain(' disabled=""');
  expect(button(markup([ann], true))).toContain(' disabled=""');
});
