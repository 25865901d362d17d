// What can break, and how each kind is tried: how often in full, how often with --quick, and what must come out.
import { crashes, isLossless } from "./crashes.ts";
import { whyNoImages } from "./diskImage.ts";
import { isWholeOrNothing, killedErasures } from "./killedErasures.ts";
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
  { name: "power-cuts-on-image", cycles: 30, quick: 3, run: (cycles) => onImage(cycles, true) },
  { name: "power-cuts-on-image-control-without-fsync", cycles: 3, quick: 2, run: (cycles) => onImage(cycles, false) },
];

async function onImage(cycles: number, fsync: boolean): Promise<Told> {
  const why = await whyNoImages();
  if (why !== null) return { skipped: why };
  const figures = await powerCutsOnImage(cycles, { fsync });
  const { lost, unopened, returned, keys_left, numbers, leaves } = figures;
  const clean = lost + unopened + returned + keys_left + numbers === 0 && leaves <= 0;
  return { figures, ok: fsync ? clean : lost > 0 };
}
