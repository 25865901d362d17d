import { MantineProvider, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { nonce } from "../policy.ts";
import { theme, variables } from "../theme.ts";

/** A part in one state, named as in the code. */
export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="specimen" data-specimen={name}>
      <Text className="place" c="dimmed" mb={6}>
        {name}
      </Text>
      {children}
    </div>
  );
}

/** A scheme of its own; what floats out of the page takes the page's. */
export function InScheme({ scheme, children }: { scheme: "light" | "dark"; children: ReactNode }) {
  const place = `in-${scheme}`;
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      cssVariablesSelector={`.${place}`}
      deduplicateCssVariables={false}
      withGlobalClasses={false}
      forceColorScheme={scheme}
      getRootElement={() => undefined}
      getStyleNonce={() => nonce}
    >
      <div className={`specimens ${place}`} data-mantine-color-scheme={scheme}>
        {children}
      </div>
    </MantineProvider>
  );
}
