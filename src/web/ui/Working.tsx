import { Progress, Text } from "@mantine/core";

/** Something takes its time and cannot say how much of it is left. */
export function Working({ children }: { children: string }) {
  return (
    <>
      <Progress value={100} animated mt="md" aria-label={children} />
      <Text size="sm" mt={6}>
        {children}
      </Text>
    </>
  );
}
