import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pointOfUnit, type TextTree, unitOfPoint } from "./dom-places";
import { anyText } from "./testing/any-text";

const text = (value: string): TextTree => ({ nodeType: 3, nodeValue: value, childNodes: [] });
const element = (...childNodes: TextTree[]): TextTree => ({ nodeType: 1, nodeValue: null, childNodes });

const anyTree: fc.Arbitrary<TextTree> = fc.letrec<{ tree: TextTree; element: TextTree; text: TextTree }>(
  (tie) => ({
    tree: fc.oneof({ depthSize: "small" }, tie("text"), tie("element")),
    element: fc.array(tie("tree"), { maxLength: 4 }).map((nodes) => element(...nodes)),
    text: anyText.map(text),
  }),
).element;

const nodesOf = (tree: TextTree): TextTree[] => [tree, ...Array.from(tree.childNodes).flatMap(nodesOf)];
const textOf = (tree: TextTree): string => tree.nodeValue ?? Array.from(tree.childNodes).map(textOf).join("");

describe("points of a tree", () => {
  it("are found for every unit of its text, and lead back to it", () => {
    fc.assert(
      fc.property(anyTree, fc.boolean(), (tree, ahead) => {
        for (let unit = 0; unit <= textOf(tree).length; unit++) {
          const { node, offset } = pointOfUnit(tree, unit, ahead);
          expect(unitOfPoint(tree, node, offset)).toBe(unit);
        }
      }),
    );
  });

  it("of an element count what stands before its child", () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        for (const node of nodesOf(tree).filter(({ nodeType }) => nodeType === 1)) {
          const before = unitOfPoint(tree, node, 0) ?? 0;
          for (let child = 0; child <= node.childNodes.length; child++) {
            const passed = Array.from(node.childNodes).slice(0, child).map(textOf).join("").length;
            expect(unitOfPoint(tree, node, child)).toBe(before + passed);
          }
        }
      }),
    );
  });

  it("are none outside of it", () => {
    expect(unitOfPoint(element(text("a")), text("a"), 0)).toBeNull();
  });

  it("between two texts belong to the first, or to the second when asked for what is ahead", () => {
    const [first, second] = [text("ab"), text("cd")];
    const tree = element(first, element(second));
    expect(pointOfUnit(tree, 2)).toEqual({ node: first, offset: 2 });
    expect(pointOfUnit(tree, 2, true)).toEqual({ node: second, offset: 0 });
    expect(pointOfUnit(tree, 9)).toEqual({ node: second, offset: 2 });
  });
});
