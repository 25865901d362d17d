// What the content security policy asks of the page itself: its nonce on styles made later, and text that becomes part of the page only where we say so.

type Policy = { createHTML: (text: string) => string };
type TrustedTypes = { createPolicy: (name: string, policy: Policy) => unknown };

/** The nonce of this page; empty where the page was given without one (development). */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

/**
 * The only policy by which a text may become markup (Trusted Types): the component library fills `<style>` with text, which has no markup in it. Any text
 * that has is refused, and scripts are never made of text.
 */
export function keepPolicy(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy("default", {
    createHTML: (text) => {
      if (text.includes("<")) throw new TypeError("no markup is made of text");
      return text;
    },
  });
  // Where the library that locks the page behind a dialog finds it.
  Object.assign(globalThis, { __webpack_nonce__: nonce });
}
