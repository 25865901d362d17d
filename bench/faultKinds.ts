// What can break, and how each kind is tried: how often in full, how often with --quick, and what must come out.
import { sealedMutations } from "../src/keys/mutations.test-seam.ts";
import { randomFrom } from "../src/test/people.ts";
import { hasCommand } from "./backups.ts";
import { crashes, isLossless } from "./crashes.ts";
import { whyNoImages } from "./diskImage.ts";
import { erasedPast, isForgotten } from "./erasedPast.ts";
import { isSound, killedBackups, killedShipping } from "./killedCopies.ts";
import { isWholeOrNothing, killedErasures } from "./killedErasures.ts";
import { isSafe, killedRestores } from "./killedRestores.ts";
import { powerCuts } from "./powerCuts.ts";
import { powerCutsOnImage } from "./powerCutsOnImage.ts";

export type Told =
  | { readonly figures: Readonly<Record<string, number | string>>; readonly ok: boolean }
  | { readonly skipped: string };

export type Kind = {
  readonly name: string;
  readonly cycles: number;
  readonly quick: number;
  readonly run: (cycles: number, print: (line: string) => void) => Promise<Told>;
};

type Counted = Readonly<Record<string, number>>;

/** A kind whose commands this version may not have yet. */
const withCommands =
  <T extends Counted>(work: (cycles: number) => Promise<T>, isGood: (told: T) => boolean) =>
  async (cycles: number): Promise<Told> => {
    if (!hasCommand("backup") || !hasCommand("restore")) return { skipped: "no commands for copies in this version" };
    const figures = await work(cycles);
    return { figures, ok: isGood(figures) };
  };

export const kinds: readonly Kind[] = [
  {
    name: "power-cuts",
    cycles: 200,
    quick: 50,
    run: async (cycles) => {
      const figures = await powerCuts(cycles, { lies: false });
      return { figures, ok: figures.lost === 0 };
    },
  },
  {
    name: "power-cuts-control-without-fsync",
    cycles: 20,
    quick: 20,
    run: async (cycles) => {
      const figures = await powerCuts(cycles, { lies: true });
      return { figures, ok: figures.lost > 0 };
    },
  },
  {
    name: "crashes",
    cycles: 300,
    quick: 10,
    run: async (cycles, print) => {
      const figures = await crashes(cycles, print);
      return { figures, ok: isLossless(figures) };
    },
  },
  {
    name: "killed-erasures",
    cycles: 20,
    quick: 3,
    run: async (cycles) => {
      const figures = await killedErasures(cycles);
      return { figures, ok: isWholeOrNothing(figures) };
    },
  },
  { name: "killed-backups", cycles: 20, quick: 2, run: withCommands(killedBackups, isSound) },
  { name: "killed-shipping", cycles: 20, quick: 2, run: withCommands(killedShipping, isSound) },
  { name: "killed-restores", cycles: 20, quick: 2, run: withCommands(killedRestores, isSafe) },
  {
    name: "sealed-mutations",
    cycles: 1_000_000,
    quick: 100_000,
    run: async (cycles) => {
      const figures = await sealedMutations(cycles, randomFrom(1));
      return { figures, ok: figures.accepted === 0 && figures.untouched > 0 };
    },
  },
  {
    // A cycle is one moment to restore to; with five times as many people of each kind, up to a hundred.
    name: "erased-past",
    cycles: 20,
    quick: 2,
    run: async (points, print) => {
      const figures = await erasedPast({ each: Math.min(100, Math.max(5, 5 * points)), points }, print);
      return figures === null ? { skipped: "no command to restore with" } : { figures, ok: isForgotten(figures) };
    },
  },
  { name: "power-cuts-on-image", cycles: 30, quick: 3, run: (cycles, print) => onImage(cycles, true, print) },
  {
    name: "power-cuts-on-image-control-without-fsync",
    cycles: 1,
    quick: 1,
    run: (cycles, print) => onImage(cycles, false, print),
  },
];

async function onImage(cycles: number, fsync: boolean, print: (line: string) => void): Promise<Told> {
  const why = await whyNoImages();
  if (why !== null) return { skipped: why };
  const figures = await powerCutsOnImage(cycles, { fsync }, print);
  const { lost, unopened, returned, keys_left, numbers, leaves } = figures;
  const clean = lost + unopened + returned + keys_left + numbers === 0 && leaves <= 0;
  return { figures, ok: fsync ? clean : lost > 0 };
}
