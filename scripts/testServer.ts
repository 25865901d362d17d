// The tests' PostgreSQL for a program that runs them file by file: prints where it is, and goes when its input ends.
import { globalSetup, globalTeardown } from "../src/test/setup.ts";

await globalSetup();
process.stdout.write(`${process.env.TEST_SERVER}\n`);
process.stdin.resume();
process.stdin.once("end", () => void globalTeardown().then(() => process.exit(0)));
