// What coverage and mutation are measured of: sources, and the tests that promise to notice.
const all = (...folders) =>
  folders.flatMap((folder) => [`${folder}/**/*.ts`, `!${folder}/**/*.test.ts`, `!${folder}/**/*test-*.ts`]);

export const scopes = {
  keys: {
    title: "Keys",
    sources: all("src/keys"),
    tests: ["src/keys/**/*.test.ts"],
    // Half a minute each, for every change they would be asked about: faults of the disk, kills, a million flipped bits.
    slow: ["crash", "faults", "uses", "mutations", "rootStore", "password"],
  },
  policy: { title: "Policy", sources: all("src/policy"), tests: ["src/policy/{decide,inUse,keepUntil}*.test.ts"] },
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
  },
  erase: {
    title: "Erasing",
    sources: [
      ...all("src/retention"),
      ...all("src/rights"),
      "src/registers/evidence/ledger.ts",
      "src/registers/ends.ts",
    ],
    tests: ["src/retention/**/*.test.ts", "src/rights/**/*.test.ts", "src/cli/*erase*.test.ts"],
  },
  restore: { title: "Restoring", sources: all("src/backup"), tests: ["src/backup/**/*.test.ts"] },
};
