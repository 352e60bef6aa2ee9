/** Something nearer has answered already, or the key belongs to a control, or to what is inside a dialog or menu. */
function ownsKeys(event: KeyboardEvent): boolean {
  if (event.defaultPrevented) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[role=dialog],[role=menu],[role=listbox]")) return true;
  return event.key === "Enter" && target?.closest("button,a,summary,[role=button],[role=radio]") !== null;
}

/** How the keys of a page of labels are bound: wherever the focus is, unless something there wants them. */
export const pageKeys = { useKey: true, preventDefault: true, ignoreEventWhen: ownsKeys } as const;
