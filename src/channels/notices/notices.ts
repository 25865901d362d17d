// What goes wrong without anybody looking is told to somebody: kept beside the database, which may be what is wrong, and mailed at most once a day a kind.
import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { helperFor } from "../../description/helperFor.ts";
import type { Gate } from "../../gate/gate.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import type { Mail } from "../mail/smtp.ts";
import { Notice, type NoticeKind } from "./contract.ts";
import { recipientsOf } from "./recipients.ts";
import { letterOf } from "./words.ts";

type Facts = Notice["facts"];
export type Notices = {
  /** Something is to be known. `facts` fill the sentence's places: numbers, days, codes. Never throws: what tells of a fault must not become one. */
  tell(kind: NoticeKind, facts?: Facts): Promise<void>;
  /** All is well again. */
  mended(kind: NoticeKind): Promise<void>;
  /** Open ones first, then the newest. */
  list(): Promise<Notice[]>;
};

export type NoticeParts = {
  gate: Gate;
  /** DATA_DIR. */
  folder: string;
  /** Absent: no relay is set, and the web alone tells. `system`: the helper of the description that the relay is. */
  mail?: { system: string; send: Mail["send"] };
  where: () => string;
};

const Kept = Notice.extend({ mailedOn: z.string().nullable(), triedAt: z.string().nullable() });
type Kept = z.infer<typeof Kept>;
/** What did not reach anybody is tried again, but not at every look. */
const AGAIN_MS = 3600_000;

export function openNotices({ gate, folder, mail, where }: NoticeParts): Notices {
  const file = join(folder, "notices.json");
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };

  async function read(): Promise<Kept[]> {
    const text = await readFile(file, "utf8").catch(() => "[]");
    try {
      return z.array(Kept).parse(JSON.parse(text));
    } catch {
      // A file that a full disk cut short: what is still wrong is told anew.
      return [];
    }
  }

  /** Where the disk is so full that not even this can be written, the letter still goes. */
  async function write(all: readonly Kept[]): Promise<void> {
    try {
      await writeFile(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
      await chmod(`${file}.new`, 0o600);
      await rename(`${file}.new`, file);
    } catch {
      remembered = all;
      return;
    }
    remembered = null;
  }
  let remembered: readonly Kept[] | null = null;
  const all = async (): Promise<Kept[]> => (remembered ? [...remembered] : read());

  async function tellNow(kind: NoticeKind, facts: Facts): Promise<void> {
    const now = gate.clock.now();
    const before = await all();
    const known = before.find((one) => one.kind === kind);
    const open = known !== undefined && known.mendedAt === null && kind !== "anchor";
    const notice: Kept = {
      kind,
      facts,
      since: open ? known.since : now.toISOString(),
      at: now.toISOString(),
      mendedAt: kind === "anchor" ? now.toISOString() : null,
      mail: known?.mail ?? "off",
      mailedOn: known?.mailedOn ?? null,
      triedAt: known?.triedAt ?? null,
    };
    const today = dayInHelsinki(now);
    const resting = notice.triedAt !== null && Math.abs(now.getTime() - Date.parse(notice.triedAt)) < AGAIN_MS;
    if (notice.mailedOn !== today && !(resting && notice.mail !== "sent")) {
      notice.mail = await carry(notice);
      notice.triedAt = now.toISOString();
      if (notice.mail === "sent") notice.mailedOn = today;
    }
    await write([notice, ...before.filter((one) => one.kind !== kind)]);
  }

  async function carry(notice: Kept): Promise<Kept["mail"]> {
    if (!mail) return "off";
    if (helperFor(gate.inForce().description, mail.system, "relay") !== "ok") return "refused";
    const recipients = await recipientsOf(gate).catch(() => null);
    if (recipients === null) return "failed";
    const sent = await Promise.allSettled(
      recipients.map(({ email, language }) => mail.send({ to: email, ...letterOf(notice, language, where()) })),
    );
    if (sent.length === 0) return "nobody";
    return sent.some(({ status }) => status === "fulfilled") ? "sent" : "failed";
  }

  return {
    tell: (kind, facts = {}) => inTurn(() => tellNow(kind, facts)).catch(() => undefined),
    mended: (kind) =>
      inTurn(async () => {
        const before = await all();
        const open = before.some((one) => one.kind === kind && one.mendedAt === null);
        const mendedAt = gate.clock.now().toISOString();
        if (open)
          await write(before.map((one) => (one.kind === kind && one.mendedAt === null ? { ...one, mendedAt } : one)));
      }).catch(() => undefined),
    list: () =>
      inTurn(async () => {
        const shown = (await all()).map(({ mailedOn: _, triedAt: __, ...notice }) => notice);
        const rank = (one: Notice) => `${one.mendedAt === null ? 1 : 0} ${one.at}`;
        return shown.sort((a, b) => rank(b).localeCompare(rank(a)));
      }),
  };
}
