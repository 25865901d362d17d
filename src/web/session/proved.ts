/** The channel on which a window that came back from the sign-in service tells the page that waits. */
export const PROVED = "tietovirta-proved";
/** The channel on which a window in which somebody signed in tells the pages that wait for it. */
export const RETURNED = "tietovirta-returned";
