import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call } from "../../api/call.ts";
import { signIn } from "../../registers/staff/contract.ts";
import { enterAs } from "../session/me.ts";
import { Outside } from "../shell/Outside.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

export function SignInPage() {
  const { t } = useWords();
  const client = useQueryClient();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const act = useMutation({
    mutationFn: () => call(signIn, { body: { login, password } }),
    onSuccess: (me) => enterAs(client, me),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <Outside>
      <Page title={t("signIn.title")} width="read">
        <form onSubmit={submit}>
          <Stack gap="md">
            <ProblemAlert problem={act.error} />
            <TextInput
              label={t("signIn.login")}
              type="email"
              autoComplete="username"
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
              required
              withAsterisk={false}
              autoFocus
            />
            <PasswordInput
              label={t("signIn.password")}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
            <Button type="submit" loading={act.isPending} fullWidth mt="xs">
              {t("signIn.action")}
            </Button>
            <Text size="sm" c="dimmed">
              {t("signIn.help")}
            </Text>
          </Stack>
        </form>
      </Page>
    </Outside>
  );
}
