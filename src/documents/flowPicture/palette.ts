// The colours of the picture by what they are for. The web gives each a variable for light and dark; paper has its own.

export const COLOURS = {
  ink: "#1d2433",
  soft: "#556074",
  region: "#f1f5f4",
  regionLine: "#dbe4e2",
  system: "#ffffff",
  systemLine: "#c3d0ce",
  source: "#ffffff",
  sourceLine: "#8d9b9a",
  bundle: "#f6f8f8",
  register: "#155e5a",
  registerInk: "#ffffff",
  part: "#d3e8e5",
  partInk: "#0b3d3b",
  end: "#ffffff",
  endLine: "#334140",
  line: "#7d8b8a",
  seen: "#155e5a",
  sign: "#ffffff",
  stop: "#a02c22",
  stopInk: "#ffffff",
} as const;
export type Colour = keyof typeof COLOURS;
export type Palette = (colour: Colour) => string;

export const forPaper: Palette = (colour) => COLOURS[colour];
/** `--flow-region-line`; where a page does not set it, the colour of paper. */
export const forScreen: Palette = (colour) =>
  `var(--flow-${colour.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}, ${COLOURS[colour]})`;
