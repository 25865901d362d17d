import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useWords } from "../../words/words.tsx";

/** ASVS 5.0 6.2.1: length is what counts; so many are needed, more are advised. */
export const SHORTEST = 12;
const ADVISED = 15;

type Props = Omit<PasswordInputProps, "value"> & { value: string };

/** A password that is being chosen: how much is still missing is said while it is typed. */
export function NewPasswordField({ value, ...rest }: Props) {
  const { t } = useWords();
  const left = SHORTEST - value.length;
  const help =
    value === ""
      ? t("welcome.passwordHelp")
      : left > 0
        ? t("welcome.passwordLeft", { count: left })
        : value.length < ADVISED
          ? t("welcome.passwordFair", { count: ADVISED })
          : t("welcome.passwordEnough");
  return (
    <PasswordInput
      {...rest}
      value={value}
      description={help}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
      maxLength={200}
    />
  );
}
