// The key that is held with another: ⌘ on a Mac, Ctrl elsewhere.
const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export const keyName = (key: string): string => (key === "Mod" ? (onMac ? "⌘" : "Ctrl") : key);
export const holdsMod = ({ ctrlKey, metaKey }: { ctrlKey: boolean; metaKey: boolean }): boolean =>
  onMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
