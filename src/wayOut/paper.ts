// The recovery sheet as a PDF. The library that writes PDF is loaded when a sheet is asked for, and never otherwise.
import { drawSheet } from "../documents/recoverySheet/page.ts";
import { recoverySheet, type ToPrint } from "../documents/recoverySheet/sheet.ts";
import type { Language } from "../values/Language.ts";

/** Of the running text in points. The largest is for every company but one whose name takes several lines. */
const SIZES = [10, 9.5, 9, 8.5, 8];

/**
 * One A4 page, tagged, in the sheet's language; the same bytes for the same sheet. The secret passes through memory alone: no file of it is
 * made here.
 */
export async function sheetPdf(toPrint: ToPrint, language: Language): Promise<Buffer> {
  const { default: PdfDocument } = await import("pdfkit");
  const sheet = recoverySheet(toPrint, language);
  for (const size of SIZES) {
    const paper = new PdfDocument({
      size: "A4",
      margin: 0,
      pdfVersion: "1.7",
      lang: language,
      tagged: true,
      displayTitle: true,
      // The file's identifier is made of these, and so of nothing that is secret or that the clock of the moment tells.
      info: { Title: sheet.title, Creator: "Tietovirta", CreationDate: new Date(`${toPrint.day}T00:00:00Z`) },
    });
    const fits = drawSheet(paper, sheet, size);
    paper.end();
    if (fits) return Buffer.concat(await paper.toArray());
  }
  throw new Error("the recovery sheet does not fit its page");
}
