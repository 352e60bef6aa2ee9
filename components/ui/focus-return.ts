import { type RefObject, useLayoutEffect } from "react";

type Place = { element: WeakRef<HTMLElement>; layer: WeakRef<Element> | null };

const LAYERS = "[role=dialog],[role=alertdialog],[role=menu],[role=listbox]";
const FIELDS = "input:not([type=checkbox],[type=radio],[type=button]),textarea,[contenteditable=true]";
/** What keys move in, else the page itself. */
const FALLBACKS = ["main [role=grid]", "main"];
const PER_LAYER = 4;

/** Where the keyboard was lately, newest last: on the page and in each layer above it. */
let places: Place[] = [];

if (typeof document !== "undefined") {
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement) remember(target);
  });
  // Keys pressed after a field was left for nothing are not meant for it.
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget !== null || !document.hasFocus()) return;
    if (target instanceof HTMLElement && target.matches(FIELDS)) forget(target);
  });
}

function remember(target: HTMLElement): void {
  forget(target);
  const layer = target.closest(LAYERS);
  const ofLayer = places.filter((place) => (place.layer?.deref() ?? null) === layer);
  const tooOld = ofLayer.length >= PER_LAYER ? ofLayer[0] : undefined;
  places = places.filter((place) => place !== tooOld && place.element.deref()?.isConnected);
  places.push({ element: new WeakRef(target), layer: layer && new WeakRef(layer) });
}

function forget(element: HTMLElement): void {
  places = places.filter((place) => place.element.deref() !== element);
}

/**
 * Gives the keyboard back to where it was before `closed` took it, or if that is gone too, to where it was before; where
 * it has not been anywhere, as on a page whose address opened something, to the page's list. Whoever took it meanwhile
 * keeps it.
 */
function giveFocusBack(closed: Element): void {
  const now = document.activeElement;
  if (now && now !== document.body && !closed.contains(now)) return;
  const before = places.toReversed().map(({ element }) => element.deref());
  const fallbacks = FALLBACKS.map((selector) => document.querySelector<HTMLElement>(selector));
  for (const target of [...before, ...fallbacks]) {
    if (!target?.isConnected || closed.contains(target) || target.closest("[inert],[aria-hidden=true]"))
      continue;
    target.focus({ preventScroll: true });
    if (document.activeElement === target) return;
  }
}

/** For what a key can open: Radix would give the keyboard to its trigger, or without one to nothing. */
export function returnFocus(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof Element) giveFocusBack(event.currentTarget);
}

/** For a form in the page that goes when it is done: the keyboard, if the form had it last, goes back. */
export function useFocusReturn(form: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const root = form.current;
    return () => {
      const last = places.at(-1)?.element.deref();
      if (root && last && root.contains(last)) setTimeout(() => giveFocusBack(root));
    };
  }, [form]);
}
