// The recovery sheet on paper, read back from its PDF: a sentence or a square that does not print is found out when the server is gone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { ageRecipientOf, secretFrom } from "../documents/recoverySheet/secret.ts";
import { recoverySheet, type Sheet } from "../documents/recoverySheet/sheet.ts";
import { parseDay } from "../values/Day.ts";
import { languages } from "../values/Language.ts";
import { sheetPdf } from "./paper.ts";

const SECRET = Buffer.alloc(32).map((_, n) => n * 7);
const toPrint = {
  installation: "0193a1f2-77aa-7c00-8000-0123456789ab",
  company: "Esimerkki – Päivä & Yö Oy",
  day: parseDay("2027-02-05"),
  secret: SECRET,
  recipient: Buffer.alloc(32, 5),
};

for (const language of languages) {
  test(`everything the sheet says prints, on one page (${language})`, async () => {
    const sheet = recoverySheet(toPrint, language);
    assert.deepEqual([...secretFrom(sheet.words.list.join(" "))], [...SECRET]);
    assert.ok(sheet.facts.some(([, value]) => value === ageRecipientOf(toPrint.recipient)));
    const pdf = await sheetPdf(toPrint, language);
    assert.equal(pagesOf(pdf), 1);
    assert.ok(drawingOf(pdf).includes("/F1 10 Tf"), "a name of one line leaves the type as it is");
    const text = textOf(pdf);
    for (const sentence of sentencesOf(sheet)) assert.ok(text.includes(sentence), `not on paper: ${sentence}`);
  });

  test(`the code on paper is the code of the sheet, dark square by dark square (${language})`, async () => {
    const { qr } = recoverySheet(toPrint, language);
    assert.ok(qr.rows.length >= 33);
    assert.deepEqual(squaresOf(await sheetPdf(toPrint, language), qr.rows.length), qr.rows);
  });

  test(`the file tells its language and its structure, and no time but the sheet's day (${language})`, async () => {
    const pdf = await sheetPdf(toPrint, language);
    const raw = pdf.toString("latin1");
    assert.ok(raw.includes(`/Lang (${language})`));
    assert.match(raw, /\/Marked true/);
    assert.match(raw, /\/DisplayDocTitle true/);
    for (const type of ["Document", "H1", "H2", "P", "L", "LI", "LBody", "Figure"])
      assert.match(raw, new RegExp(`/S /${type}\\b`));
    assert.deepEqual(raw.match(/D:\d+|CreateDate>\d[^<]*/g), ["D:20270205000000", "CreateDate>2027-02-05T00:00:00Z"]);
    assert.ok(pdf.equals(await sheetPdf(toPrint, language)));
  });

  test(`a long name makes smaller type, not another page (${language})`, async () => {
    for (const company of ["Rakennusliike ja Maansiirto ".repeat(24).trim(), "Ö".repeat(500)]) {
      const pdf = await sheetPdf({ ...toPrint, company }, language);
      assert.equal(pagesOf(pdf), 1);
      assert.ok(textOf(pdf).includes(company));
      assert.ok(!drawingOf(pdf).includes("/F1 10 Tf"), "the name is long enough for smaller type");
      const right = 595 - 18;
      for (const { x, y } of placesOf(pdf)) assert.ok(x > 18 && x < right && y > 18 && y < 842 - 18);
    }
  });
}

test("a name in letters the built-in faces lack spoils nothing around it", async () => {
  const text = textOf(await sheetPdf({ ...toPrint, company: "Łódź ЖК Oy" }, "fi"));
  assert.ok(text.includes("?ódz ?? Oy"));
  for (const sentence of sentencesOf(recoverySheet({ ...toPrint, company: "Oy" }, "fi")))
    assert.ok(text.includes(sentence));
});

const pagesOf = (pdf: Buffer): number => (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;

/** The page's drawing operators (ISO 32000-1, annex A). */
function drawingOf(pdf: Buffer): string {
  const streams = [...pdf.toString("latin1").matchAll(/\/FlateDecode[\s\S]*?stream\r?\n([\s\S]*?)\r?\nendstream/g)];
  assert.equal(streams.length, 1, "the page's is the one packed stream");
  return inflateSync(Buffer.from(streams[0]?.[1] ?? "", "latin1")).toString("latin1");
}

function textOf(pdf: Buffer): string {
  const shown = [...drawingOf(pdf).matchAll(/<([0-9a-f]+)>/g)].map(([, hex = ""]) => Buffer.from(hex, "hex"));
  return new TextDecoder("windows-1252").decode(Buffer.concat(shown));
}

const placesOf = (pdf: Buffer): { x: number; y: number }[] =>
  [...drawingOf(pdf).matchAll(/^1 0 0 1 (\S+) (\S+) Tm$/gm)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

const sentencesOf = (sheet: Sheet): string[] => [
  sheet.title,
  sheet.lead,
  ...sheet.facts.flat(),
  ...sheet.parts.flatMap(({ heading, text }) => [heading, text]),
  sheet.words.heading,
  sheet.words.note,
  sheet.words.list.map((word, n) => `${n + 1}. ${word}`).join(""),
  sheet.qr.heading,
  sheet.use.heading,
  ...sheet.use.steps.map((step, n) => `${n + 1}. ${step}`),
  sheet.open.heading,
  sheet.open.text,
  sheet.open.command,
  sheet.confirm,
  ...sheet.sign,
];

/** Rows of 1 and 0 from the rectangles of the figure, which is `count` squares wide. */
function squaresOf(pdf: Buffer, count: number): string[] {
  const [, figure = ""] = /\/Figure <<[\s\S]*?BDC\n([\s\S]*?)EMC/.exec(drawingOf(pdf)) ?? [];
  const runs = [...figure.matchAll(/^(\S+) (\S+) (\S+) (\S+) re$/gm)].map((run) => run.slice(1).map(Number));
  const [[left = 0, top = 0, , square = 1] = []] = runs;
  assert.ok(square > 3.4, "a square is 1.2 mm at least");
  const grid = Array.from({ length: count }, () => Array.from({ length: count }, () => "0"));
  for (const [x = 0, y = 0, width = 0] of runs)
    for (let n = 0; n < Math.round(width / square); n++)
      grid[Math.round((y - top) / square)]?.splice(Math.round((x - left) / square) + n, 1, "1");
  return grid.map((row) => row.join(""));
}
