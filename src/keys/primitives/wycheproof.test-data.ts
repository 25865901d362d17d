import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../../../../shared/data/wycheproof/", import.meta.url);

/** Why the published vectors cannot be run here, or false. */
export const noVectors = existsSync(folder) ? false : "the Wycheproof vectors are not beside this repository";

/** The groups of one file of Google's Wycheproof vectors, their bytes as hex. */
export function vectors(file: string): Group[] {
  const read: { testGroups: Group[] } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  return read.testGroups;
}

export type Vector = {
  tcId: number;
  result: "valid" | "invalid" | "acceptable";
  key: string;
  iv: string;
  aad: string;
  msg: string;
  ct: string;
  tag: string;
  ikm: string;
  salt: string;
  info: string;
  size: number;
  okm: string;
  sig: string;
  public: string;
  private: string;
  shared: string;
  flags: string[];
};
export type Group = {
  keySize: number;
  ivSize: number;
  tagSize: number;
  publicKey: { pk: string };
  tests: Vector[];
};
export const hex = (text: string): Buffer => Buffer.from(text, "hex");
