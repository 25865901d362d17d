// How far somebody has come, and what they have answered: in the memory of this page alone, so that a closed tab leaves nothing behind.
import { useSyncExternalStore } from "react";
import type { z } from "zod";
import type { AllAnswers, Given } from "../../description/guided/answers.ts";
import type { ExampleId, QuestionId } from "../../description/guided/questions.ts";
import { isBusinessId, normaliseBusinessId } from "../../values/BusinessId.ts";
import { isEmail } from "../../values/Email.ts";
import type { Language } from "../../values/Language.ts";

export type Progress = {
  /** Whose it is: somebody else who signs in on the same page begins anew. */
  owner: Beginner;
  name: string;
  businessId: string;
  hasNoId: boolean;
  languages: readonly Language[];
  example: ExampleId | null;
  /** A description of the company's own, and whether it is used instead of an example and answers. */
  text: string;
  isText: boolean;
  answers: Partial<AllAnswers>;
  /** What stood in the answers before anybody had answered. */
  suggested: Partial<AllAnswers>;
  /** The version that took force. */
  done: string | null;
};

export type Beginner = { id: string; name: string };

/** Whoever starts a company's description most often answers for data protection, too. */
const suggestedTo = ({ name }: Beginner): Partial<AllAnswers> => ({ responsible: { name } });

const fresh = (owner: Beginner, language: Language, suggested = suggestedTo(owner)): Progress => ({
  owner,
  name: "",
  businessId: "",
  hasNoId: false,
  languages: [language],
  example: null,
  text: "",
  isText: false,
  answers: suggested,
  suggested,
  done: null,
});

let progress: Progress | null = null;
const listeners = new Set<() => void>();

/** The progress of whoever is signed in; `language` is what they begin with. */
export function useProgress(owner: Beginner, language: Language): Progress {
  if (progress?.owner.id !== owner.id) progress = fresh(owner, language);
  const now = progress;
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => progress ?? now,
  );
}

export function change(next: Partial<Progress>): void {
  if (!progress) return;
  progress = { ...progress, ...next };
  for (const listener of listeners) listener();
}
export const answer = <Id extends QuestionId>(id: Id, value: AllAnswers[Id]): void =>
  change({ answers: { ...progress?.answers, [id]: value } });
export const startOver = (language: Language): void =>
  progress === null ? undefined : change(fresh(progress.owner, language));

export const isBegun = ({ name, businessId, text, answers, suggested, done }: Progress): boolean =>
  done === null && (name !== "" || businessId !== "" || text !== "" || answers !== suggested);

export type IdFault = "start.businessId.form" | "start.businessId.wrong";
export function faultOfId(text: string): IdFault | null {
  const bare = normaliseBusinessId(text);
  if (!/^\d{7}-\d$/.test(bare)) return "start.businessId.form";
  return isBusinessId(bare) ? null : "start.businessId.wrong";
}

export const isCompany = ({ name, businessId, hasNoId, languages }: Progress): boolean =>
  name.trim() !== "" && languages.length > 0 && (hasNoId || faultOfId(businessId) === null);

/** As the server is asked; null while there is nothing to ask yet. */
export function givenOf(now: Progress): z.input<typeof Given> | { text: string } | null {
  const { name, businessId, hasNoId, languages, example, text, isText, answers } = now;
  if (isText) return text.trim() === "" ? null : { text };
  if (example === null || !isCompany(now)) return null;
  const id = hasNoId ? "unknown" : normaliseBusinessId(businessId);
  return {
    example,
    company: { name: name.trim(), businessId: id, languages: [...languages] },
    answers: tidied(answers),
  };
}

export const isAddress = (text: string): boolean => isEmail(text.trim().toLowerCase());

/** Without what was left empty, and without an address that is not one yet. */
function tidied(answers: Partial<AllAnswers>): Partial<AllAnswers> {
  const tidy = (fields: object) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([key, value]) => {
        if (typeof value !== "string") return value === undefined ? [] : [[key, value]];
        const text = value.trim();
        return text === "" || (key === "email" && !isAddress(text)) ? [] : [[key, text]];
      }),
    );
  return Object.fromEntries(
    Object.entries(answers).map(([id, value]) => [
      id,
      typeof value === "object" && !Array.isArray(value) ? tidy(value) : value,
    ]),
  );
}
