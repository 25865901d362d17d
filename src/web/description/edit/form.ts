import type { ComponentType } from "react";
import type { Json } from "../../../description/rewrite.ts";
import type { Language } from "../../../values/Language.ts";
import type { FormNode } from "../../../versions/contract.ts";

export type Form = {
  nodes: readonly FormNode[];
  languages: readonly Language[];
  /** What is wrong at a path, in words. */
  faultAt: (path: string) => string | undefined;
  /** Nobody knows yet what stands here: nothing within it is asked for. */
  unknown?: boolean;
  /** A field within a field is one again. */
  Field: ComponentType<FieldProps>;
};
export type FieldProps = {
  form: Form;
  at: number;
  path: string;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  /** Said already, by what stands around it. */
  bare?: boolean;
};
