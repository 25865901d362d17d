import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { call } from "../../api/call.ts";
import { comeBack } from "../../registers/staff/contract.ts";
import { NewPasswordField, SHORTEST } from "../ui/fields/NewPasswordField.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** A colleague who could not get in chooses a new password, and then signs in with it. */
export function NewPasswordForm({ secret, login }: { secret: string; login: string }) {
  const { t } = useWords();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const act = useMutation({ mutationFn: () => call(comeBack, { body: { secret, password } }) });
  const left = Math.max(0, SHORTEST - password.length);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (left === 0) act.mutate();
  };
  if (act.isSuccess)
    return (
      <Stack gap="md">
        <Text role="status">{t("back.done")}</Text>
        <Button renderRoot={(props) => <Link {...props} to="/" />} fullWidth>
          {t("signIn.title")}
        </Button>
      </Stack>
    );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label={t("welcome.login")} value={login} autoComplete="username" readOnly />
        <NewPasswordField
          label={t("password.new")}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={tried && left > 0 ? t("welcome.passwordLeft", { count: left }) : undefined}
          required
          withAsterisk={false}
          autoFocus
        />
        <ProblemAlert problem={act.error} typed />
        <Button type="submit" loading={act.isPending} fullWidth>
          {t("back.action")}
        </Button>
      </Stack>
    </form>
  );
}
