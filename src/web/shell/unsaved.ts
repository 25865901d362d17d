// What somebody has typed into a form and not saved. Known by the fields themselves, so that no page can forget to tell.
type Field = HTMLInputElement | HTMLTextAreaElement;

const TYPED = new Set(["text", "email", "tel", "url", "number"]);
/** When a field was last typed into, ms since the epoch. */
const typed = new Map<Field, number>();

const isTyped = (target: EventTarget | null): target is Field =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TYPED.has(target.type));

/** Listens until what it returns is called. */
export function watchTyping(): () => void {
  const note = ({ target }: Event) => {
    if (isTyped(target) && target.closest("form")) typed.set(target, Date.now());
  };
  document.addEventListener("input", note, true);
  return () => document.removeEventListener("input", note, true);
}

/** Another person has come: what the one before typed is nobody's to keep. */
export function forgetTyped(): void {
  typed.clear();
}

/** Whether leaving the page would lose text. `savedAt`: when the last act that succeeded was begun; what was typed before it went with it. */
export function hasUnsaved(savedAt: number): boolean {
  for (const field of typed.keys()) if (!field.isConnected) typed.delete(field);
  return [...typed].some(([{ value }, at]) => value.trim() !== "" && at > savedAt);
}
