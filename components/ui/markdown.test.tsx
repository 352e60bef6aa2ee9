import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Markdown } from "./markdown";

it("shows HTML as it was typed, in a line and in a block, and nothing of it as HTML", () => {
  const html = renderToStaticMarkup(
    <Markdown>{`Label \`<b>\` as **markup**, also <img src=x onerror=alert(1)> here.\n\n<div>\na block\n</div>`}</Markdown>,
  );
  expect(html).toContain("also &lt;img src=x onerror=alert(1)&gt; here.");
  expect(html).toContain("<strong>markup</strong>");
  expect(html).toContain("&lt;div&gt;\na block\n&lt;/div&gt;");
  expect(html).not.toContain("<img");
});
