let isByKeys = false;

addEventListener("keydown", ({ key }) => (isByKeys ||= key === "Tab"), { capture: true });
addEventListener("pointerdown", () => (isByKeys = false), { capture: true });

/** Whether somebody moves through the page by keys: only they need to see where the page has put the focus. A phone's keyboard has no Tab. */
export const movesByKeys = (): boolean => isByKeys;
