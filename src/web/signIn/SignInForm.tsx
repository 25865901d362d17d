import { Button, Divider, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconBuilding, IconFingerprint } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call } from "../../api/call.ts";
import { startOutsideSignIn } from "../../channels/oidc/contract.ts";
import { type Me, signIn } from "../../registers/staff/contract.ts";
import { readSignInOffers, signInWithPasskey, startPasskeySignIn } from "../../registers/staff/signIn/contract.ts";
import { hasPasskeys, usedPasskey } from "../session/passkey.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

type Props = {
  onSignedIn: (me: Me) => void;
  /** Goes to the address of the company's sign-in service; another window where this page is to stay. */
  goOutside: (url: Promise<{ url: string }>) => Promise<unknown>;
};

/** A passkey first, where the address can have them; the company's own service where there is one; else a password, and a code where the account asks for it. */
export function SignInForm({ onSignedIn, goOutside }: Props) {
  const { t } = useWords();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const offers = useQuery({ queryKey: ["sign-in"], queryFn: () => call(readSignInOffers, {}) });
  const byPassword = useMutation({
    mutationFn: () => call(signIn, { body: { login, password, ...(code.trim() !== "" && { code }) } }),
    onSuccess: onSignedIn,
    meta: { keepsTyped: true },
  });
  const byPasskey = useMutation({
    mutationFn: async () => {
      const credential = await usedPasskey(await call(startPasskeySignIn, {}));
      return credential && call(signInWithPasskey, { body: { credential } });
    },
    onSuccess: (me) => me && onSignedIn(me),
    meta: { keepsTyped: true },
  });
  const outside = useMutation({
    mutationFn: () => goOutside(call(startOutsideSignIn, {})),
  });
  const asksCode = ["secondFactorNeeded", "codeWrong"].includes(byPassword.error?.code ?? "") || code !== "";
  const [problem] = [byPassword.error, byPasskey.error, outside.error].filter(
    (each) => each && each.code !== "secondFactorNeeded",
  );
  const withPasskey = offers.data?.passkeysNot === null && hasPasskeys();
  const service = offers.data?.outside;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    byPasskey.reset();
    byPassword.mutate();
  };
  return (
    <Stack gap="md">
      <ProblemAlert problem={problem} />
      {withPasskey && (
        <Button
          leftSection={<IconFingerprint size={18} aria-hidden />}
          loading={byPasskey.isPending}
          onClick={() => {
            byPassword.reset();
            byPasskey.mutate();
          }}
          fullWidth
        >
          {t("signIn.passkey")}
        </Button>
      )}
      {service && (
        <Button
          variant="default"
          leftSection={<IconBuilding size={18} aria-hidden />}
          loading={outside.isPending}
          onClick={() => outside.mutate()}
          fullWidth
        >
          {service.label}
        </Button>
      )}
      {(withPasskey || service) && <Divider label={t("signIn.or")} />}
      <form onSubmit={submit}>
        <Stack gap="md">
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
          {asksCode && (
            <TextInput
              label={t("signIn.code")}
              description={t("signIn.codeHelp")}
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              maxLength={60}
              required
              withAsterisk={false}
              autoFocus
            />
          )}
          <Button
            type="submit"
            loading={byPassword.isPending}
            variant={withPasskey ? "default" : "filled"}
            fullWidth
            mt="xs"
          >
            {t("signIn.action")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("signIn.help")}
          </Text>
        </Stack>
      </form>
    </Stack>
  );
}
