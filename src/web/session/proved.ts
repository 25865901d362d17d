/** The channel on which a window that came back from the sign-in service tells the page that waits. */
export const PROVED = "tietovirta-proved";
