/** What is needed of a DOM node, so that trees can be made up in tests. */
export type TextTree = {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<TextTree>;
};

const TEXT_NODE = 3;
const lengthOf = (node: TextTree) => node.nodeValue?.length ?? 0;

/**
 * The UTF-16 units of text before a point of the tree, as `Selection` and `Range` give points: into a text node by
 * unit, into an element by child. Null when the node is not in the tree.
 */
export function unitOfPoint(root: TextTree, node: TextTree, offset: number): number | null {
  let units = 0;
  return visit(root) ? units : null;

  function visit(at: TextTree): boolean {
    if (at.nodeType === TEXT_NODE) {
      units += at === node ? Math.min(offset, lengthOf(at)) : lengthOf(at);
      return at === node;
    }
    for (let child = 0; child < at.childNodes.length; child++) {
      if (at === node && child >= offset) return true;
      const inside = at.childNodes[child];
      if (inside && visit(inside)) return true;
    }
    return at === node;
  }
}

/**
 * The point of the tree after so many units of its text. Between two text nodes, the end of the first, or with
 * `ahead` the start of the second; in a tree without text its root.
 */
export function pointOfUnit<Tree extends TextTree>(
  root: Tree,
  unit: number,
  ahead = false,
): { node: Tree; offset: number } {
  let left = Math.max(0, unit);
  let last: { node: Tree; offset: number } = { node: root, offset: 0 };
  const found = visit(root);
  return found ?? last;

  function visit(at: Tree): { node: Tree; offset: number } | null {
    if (at.nodeType === TEXT_NODE) {
      const length = lengthOf(at);
      if (left < length || (left === length && !ahead)) return { node: at, offset: left };
      left -= length;
      last = { node: at, offset: length };
      return null;
    }
    for (const child of Array.from(at.childNodes) as Tree[]) {
      const inside = visit(child);
      if (inside) return inside;
    }
    return null;
  }
}
