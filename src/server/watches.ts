// What is watched while the server runs, and in which words of the notices it is told.
import type { Backup } from "../backup/backup.ts";
import type { Drill } from "../backup/drill.ts";
import { drillStanding } from "../backup/drillStanding.ts";
import type { Notices } from "../channels/notices/notices.ts";
import { certificateDays, SOON_DAYS } from "../channels/ownCertificate.ts";
import type { Gate } from "../gate/gate.ts";
import { lookAtClock } from "../registers/evidence/clock.ts";
import { anchorLine } from "../registers/evidence/log/anchors.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { dayInHelsinki } from "../values/Day.ts";
import type { DiskWatch } from "./diskWatch.ts";
import type { Watch } from "./upkeep.ts";

type Watched = {
  gate: Gate;
  backup: Pick<Backup, "target" | "state">;
  drill: Pick<Drill, "drilled">;
  disk: DiskWatch;
  publicUrl?: string;
  notices: Notices;
};

const MB = 1024 ** 2;

export function watchesOf({ gate, backup, drill, disk, publicUrl, notices }: Watched): Watch[] {
  const monthNow = () => dayInHelsinki(gate.clock.now()).slice(0, 7);
  let askedCertificateOn = "";
  let certificate: { days: number } | null = null;
  return [
    {
      kind: "backupFailed",
      look: async () => {
        if (!backup.target) return null;
        const { trouble, troubleFacts, lastAttempt } = await backup.state();
        if (trouble !== null) return { ...troubleFacts, problem: trouble };
        if (!lastAttempt?.problem) return null;
        return { ...lastAttempt.problemFacts, problem: lastAttempt.problem };
      },
    },
    {
      kind: "drillFailed",
      look: async () => {
        const { state, problem, problemFacts } = await drillStanding(gate, drill);
        if (state === "late") return { problem: "drillLate" };
        return problem === null ? null : { ...problemFacts, problem };
      },
    },
    {
      kind: "diskNearlyFull",
      look: async () => {
        const { state, freeBytes } = disk.now();
        return state === "warn" || state === "readOnly" ? { freeMB: Math.floor(freeBytes / MB) } : null;
      },
    },
    { kind: "clockJumped", look: async () => ((await lookAtClock(gate)).doubt === null ? null : {}) },
    {
      kind: "certificateEnding",
      look: async () => {
        if (publicUrl === undefined) return null;
        const now = gate.clock.now();
        // Once a day is enough for something that lasts for weeks.
        if (askedCertificateOn !== dayInHelsinki(now)) {
          const days = await certificateDays(publicUrl, now);
          if (days === null) throw new Error("nobody answers at PUBLIC_URL");
          askedCertificateOn = dayInHelsinki(now);
          certificate = days < SOON_DAYS ? { days: Math.max(days, 0) } : null;
        }
        return certificate;
      },
    },
    {
      // Told in the first round of every month: whoever keeps the letter holds an anchor that nobody here can change.
      kind: "anchor",
      look: async () => {
        const told = (await notices.list()).find(({ kind }) => kind === "anchor");
        if (told && ["sent", "off"].includes(told.mail) && dayInHelsinki(new Date(told.at)).slice(0, 7) === monthNow())
          return null;
        const { checkpoint } = await evidenceLogOf(gate).head();
        return checkpoint ? { line: anchorLine(checkpoint) } : null;
      },
    },
  ];
}
