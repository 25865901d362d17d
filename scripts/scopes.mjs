// What coverage and mutation are measured of: sources, and the tests that promise to notice.
// `core`: the files where a mistake costs most, which `npm run mutate` changes unless it is told others. `quick`: the tests that are asked
// about each change, the fastest first; without it all tests but the `slow` ones.
const all = (...folders) =>
  folders.flatMap((folder) => [`${folder}/**/*.ts`, `!${folder}/**/*.test.ts`, `!${folder}/**/*test-*.ts`]);

export const scopes = {
  keys: {
    title: "Keys",
    sources: all("src/keys"),
    tests: ["src/keys/**/*.test.ts"],
    // A million flipped bits, and passwords that take half a second each.
    slow: ["mutations", "password"],
    core: [
      ...all("src/keys/primitives"),
      ...all("src/keys/ring"),
      "src/keys/{sealing,sealed,objects,token,tree,note}.ts",
    ],
    quick: [
      "src/keys/primitives/*.test.ts",
      "src/keys/ring/{load,log,parts,ring,secrets,table}*.test.ts",
      "src/keys/{edges,note,tree,objects,firstFormat,rotation,recovery}*.test.ts",
      "src/keys/keyring*.test.ts",
      "src/keys/ring/*.test.ts",
      // Faults of the disk and kills: asked only about what none of the others has noticed.
      "src/keys/{uses,rootStore,faults,crash}.test.ts",
    ],
    pure: true,
  },
  policy: {
    title: "Policy",
    sources: all("src/policy"),
    tests: ["src/policy/{decide,inUse,keepUntil,leaving}*.test.ts"],
    pure: true,
  },
  gate: {
    title: "Gate",
    sources: all("src/gate"),
    tests: [
      "src/gate/**/*.test.ts",
      "src/registers/customers/*.test.ts",
      "src/flows/*.test.ts",
      "src/registers/staff/*.test.ts",
      "src/rights/rights.test.ts",
      "src/rights/bans.test.ts",
      "src/proofs/proofs.test.ts",
    ],
    core: ["src/gate/{right,room,acts,carry,conditions,grant,writingGrant,bans}.ts"],
    // The gate's own: what it promises is asked of it, not of the registers behind it.
    quick: ["src/gate/*.test.ts"],
  },
  erase: {
    title: "Erasing",
    sources: [
      ...all("src/retention"),
      ...all("src/rights"),
      "src/registers/evidence/ledger.ts",
      "src/registers/ends.ts",
    ],
    tests: ["src/retention/**/*.test.ts", "src/rights/**/*.test.ts", "src/registers/ends.test.ts"],
    // What is decided of a person, purely: what goes, what is locked, what is told.
    core: [
      "src/rights/{decideErasure,recipients,labels}.ts",
      "src/retention/permissionsAfter.ts",
      "src/registers/ends.ts",
    ],
    quick: [
      "src/registers/ends.test.ts",
      "src/rights/{recipients,decideErasure,decideErasure.mutants}.test.ts",
      "src/retention/permissionsAfter.mutants.test.ts",
    ],
    pure: true,
  },
  restore: {
    title: "Restoring",
    sources: all("src/backup"),
    tests: ["src/backup/**/*.test.ts", "src/server/{restoreRegister,replayRegister}.test.ts", "src/cli/local.test.ts"],
    // What a copy is, which copies stay, what the log since it is and which line of time it is on: judged without a database.
    core: [
      "src/backup/{expire,manifest,periods,seal,signers,timelines,copiesAfter,tar,wal,gap}.ts",
      "src/backup/journal/{files,read,segment}.ts",
    ],
    quick: [
      "src/backup/{expire,manifest,seal,timelines}.mutants.test.ts",
      "src/backup/journal/*.mutants.test.ts",
      "src/backup/{expire,seal}.test.ts",
      "src/backup/{keyringCopy,restoreCluster}.mutants.test.ts",
      // Every fault of the target: asked only about what none of the others has noticed.
      "src/backup/faults.test.ts",
    ],
    pure: true,
  },
};

// For `npm run mutate` alone: what a decision does to the rows. Each change asks a database: only tests that take a few seconds are asked about it.
export const mutated = {
  ...scopes,
  carryOut: {
    title: "Carrying out",
    sources: ["src/retention/{carryOut,eraseAgain,run,due,contacts}.ts"],
    tests: ["src/retention/*.mutants.test.ts"],
  },
};
