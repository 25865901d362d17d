// Decided numbers that keep one mistake from emptying a register, with their day and their source (docs/decisions/0014).
import limits from "./safety-limits.json" with { type: "json" };

const HOUR_MS = 3_600_000;

/** How far the clock may stray before a person is asked, in milliseconds. */
export const CLOCK_AHEAD_MS = limits.clock.aheadHours * HOUR_MS;
export const CLOCK_BEHIND_MS = limits.clock.behindMinutes * 60_000;

const { retention } = limits;
export const APPROVAL_MS = retention.approvalHours * HOUR_MS;
export const ALONE_WAIT_MS = retention.aloneWaitHours * HOUR_MS;
export const SHOWN_MS = retention.shownHours * HOUR_MS;
export const PAUSE_MS = retention.pauseDays * 24 * HOUR_MS;

/** The most people of a register whose data may end in a day without a second person. */
export const peopleADay = (inRegister: number): number =>
  Math.max(retention.peopleADay, Math.floor((inRegister * retention.percentADay) / 100));

/** Free space that is too little, for a disk of a size; `again`: the way back lies a little higher, so that nothing flickers. In bytes. */
export type Room = { warn: number; readOnly: number; again: number };
export function roomOf(totalBytes: number, disk = limits.disk): Room {
  const larger = ({ percent, bytes }: { percent: number; bytes: number }) =>
    Math.max(bytes, Math.floor((totalBytes * percent) / 100));
  const readOnly = larger(disk.readOnly);
  return { warn: larger(disk.warn), readOnly, again: Math.floor((readOnly * disk.againPercent) / 100) };
}
export const DISK_LOOK_MS = limits.disk.lookSeconds * 1000;

/** How long the place of the copies may take for one step before it counts as away, and for the last copies of a server that stops. */
export const COPY_WAIT_MS = limits.copies.waitMinutes * 60_000;
export const COPY_LAST_MS = limits.copies.lastSeconds * 1000;
/** A step that carries much (a mounted bucket sends a file when it is closed) may take so much longer. */
export const copyAllowanceMs = (bytes: number): number => (bytes / limits.copies.leastBytesASecond) * 1000;

const { signIn } = limits;
/** How long a proof of who one is opens what asks for a fresh one; an unused and any session; a challenge that waits for its answer. */
export const FRESH_MS = signIn.freshMinutes * 60_000;
export const IDLE_MS = signIn.idleMinutes * 60_000;
export const LONGEST_MS = signIn.longestHours * HOUR_MS;
export const CHALLENGE_MS = signIn.challengeMinutes * 60_000;
/** Sessions of one account at once: the oldest ends. */
export const MOST_SESSIONS = signIn.sessionsAtOnce;
export const MOST_PASSKEYS = signIn.passkeys;
export const RECOVERY_CODES = signIn.recoveryCodes;
/** The longest that an account of another organisation's people may work before it is given anew. */
export const OUTSIDE_DAYS = signIn.outsideDays;

const { ownCard } = limits;
/** A link to one's own card works so many days, and so many may wait to be used; a code so long, of so many digits, tried so often. */
export const LINK_DAYS = ownCard.linkDays;
export const MOST_LINKS = ownCard.linksOpen;
export const CODE_MS = ownCard.codeMinutes * 60_000;
export const CODE_DIGITS = ownCard.codeDigits;
export const CODE_TRIES = ownCard.codeTries;
/** How long an open card stays open unused, and at the longest. */
export const CARD_IDLE_MS = ownCard.idleMinutes * 60_000;
export const CARD_LONGEST_MS = ownCard.longestHours * HOUR_MS;
/** A correction that nobody has decided on, or the answer that it was not taken, is kept so many days: the time that the law gives for an answer at the longest (GDPR Art. 12(3)). */
export const CORRECTION_DAYS = ownCard.correctionDays;
