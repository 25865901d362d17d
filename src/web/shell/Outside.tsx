import { Box, Center, Group, Stack, Text } from "@mantine/core";
import { IconMask } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";
import { DiskBanner } from "./DiskBanner.tsx";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { Mark } from "./Mark.tsx";
import { SchemeSwitch } from "./SchemeSwitch.tsx";
import { useCondition } from "./useCondition.ts";

/** The frame of the pages before anybody has signed in. */
export function Outside({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const demo = useCondition()?.demo === "this";
  return (
    <Box mih="100dvh" p={{ base: "md", sm: "xl" }} style={{ display: "flex", flexDirection: "column" }}>
      <Group justify="space-between" component="header" wrap="nowrap">
        <Group gap={10} wrap="nowrap">
          <Mark />
          <Text fw={650}>Tietovirta</Text>
        </Group>
        <Group gap={6} wrap="nowrap">
          <LanguageChoice />
          <SchemeSwitch />
        </Group>
      </Group>
      <Center flex={1} component="main" py="xl">
        <Stack w="100%" maw={420} gap="lg">
          <Box className="panel" bg="var(--mantine-color-body)" p={{ base: 20, sm: 32 }}>
            <DiskBanner />
            {demo && (
              <Notice tone="note" icon={IconMask} title={t("demo.barTitle")}>
                {t("demo.outside")}
              </Notice>
            )}
            {children}
          </Box>
          <Text size="sm" c="dimmed" ta="center">
            {t("product.tagline")}
          </Text>
        </Stack>
      </Center>
    </Box>
  );
}
