import { describe, expect, it } from "vitest";
import { addRoutePatterns, routePatternOf } from "./route-patterns";

addRoutePatterns([
  "/",
  "/things/{thing}/parts",
  "/things/{thing}/parts/{id}",
  "/things/{thing}/parts/new",
  "/things/{thing}/{...rest}",
  "/files/{...rest}",
]);

describe("routePatternOf", () => {
  it.each([
    ["/", "/"],
    ["/things/airline/parts", "/things/{thing}/parts"],
    ["/things/airline/parts/", "/things/{thing}/parts"],
    ["/things/parts/parts/new", "/things/{thing}/parts/new"],
    ["/things/airline/parts/0195", "/things/{thing}/parts/{id}"],
    ["/things/airline/secret/deep/er", "/things/{thing}/{...rest}"],
    ["/things/airline/parts/0195/more", "/things/{thing}/{...rest}"],
    ["/files/a/b/c", "/files/{...rest}"],
    ["/wp-login.php", "other"],
    ["/things", "other"],
    ["/__proto__", "other"],
  ])("%s is %s", (path, pattern) => expect(routePatternOf(path)).toBe(pattern));
});
