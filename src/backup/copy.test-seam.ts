// What the pure tests of copies share: a target in memory, a hand that signs, somebody who opens.
import { INSTALLATION, newParty, newSigner } from "./backup.test-seam.ts";
import type { Manifest } from "./manifest.ts";
import type { Sealing, Unsealing } from "./seal.ts";
import { SimulatedDisk, shelfOn } from "./shelf.test-seam.ts";

export async function copyParts() {
  const disk = new SimulatedDisk();
  const [party, signer] = [await newParty(), newSigner()];
  const sealing: Sealing = { installation: INSTALLATION, recipients: [party.recipient], signers: [signer] };
  const trusted = [signer.publicKey];
  const unsealing: Unsealing = { installation: INSTALLATION, identities: [party.identity], trusted };
  return { disk, shelf: shelfOn(disk, disk.process()), party, signer, sealing, unsealing };
}

export const SEGMENT_BYTES = 16 * 1024 * 1024;

export function manifestOf(name: string, more: Partial<Manifest> = {}): Manifest {
  return {
    format: 1,
    installation: INSTALLATION,
    name,
    server: "1.2.3",
    schema: "0001_first.sql",
    postgres: {
      major: 18,
      system: "7",
      timeline: 1,
      startLsn: "0/3000028",
      stopLsn: "0/4000100",
      segmentBytes: SEGMENT_BYTES,
    },
    startedAt: "2026-11-22T01:00:00.000Z",
    stoppedAt: "2026-11-22T01:00:05.000Z",
    wal: { first: "000000010000000000000003", last: "000000010000000000000004" },
    files: [{ path: "base/1", bytes: 3, sha256: "a".repeat(64) }],
    plain: { bytes: 4096, sha256: "b".repeat(64) },
    sealed: { bytes: 5, sha256: "c".repeat(64) },
    ...more,
  };
}
