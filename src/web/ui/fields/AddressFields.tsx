import { Fieldset, Group, TextInput } from "@mantine/core";
import { useWords } from "../../words/words.tsx";

export type AddressDraft = { street: string; postalCode: string; town: string; country: string };
export const emptyAddress: AddressDraft = { street: "", postalCode: "", town: "", country: "FI" };

/** What is wrong, or the address to send; `undefined` when nothing was typed. */
export function addressOf(draft: AddressDraft): AddressDraft | "incomplete" | undefined {
  const { street, postalCode, town, country } = draft;
  const typed = [street, postalCode, town].map((each) => each.trim());
  if (typed.every((each) => each === "")) return undefined;
  if (typed.some((each) => each === "") || !/^[A-Za-z]{2}$/.test(country.trim())) return "incomplete";
  return {
    street: street.trim(),
    postalCode: postalCode.trim(),
    town: town.trim(),
    country: country.trim().toUpperCase(),
  };
}

type Props = {
  legend: string;
  /** The legend is seen too: nothing around the fields says which address it is. */
  titled?: boolean;
  value: AddressDraft;
  onChange: (value: AddressDraft) => void;
  tried: boolean;
};

export function AddressFields({ legend, titled = false, value, onChange, tried }: Props) {
  const { t } = useWords();
  const incomplete = tried && addressOf(value) === "incomplete";
  const field = (name: keyof AddressDraft) => ({
    label: t(`address.${name}`),
    value: value[name],
    error: incomplete && value[name].trim() === "" ? t("field.required") : undefined,
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...value, [name]: event.currentTarget.value }),
  });
  return (
    <Fieldset legend={legend} variant="unstyled" mx={0} {...(titled && { className: "titled" })}>
      <TextInput {...field("street")} mb="sm" maxLength={200} />
      <Group gap="sm" align="flex-start">
        <TextInput {...field("postalCode")} w={110} inputMode="numeric" maxLength={12} />
        <TextInput {...field("town")} flex="1 1 140px" maxLength={100} />
        <TextInput {...field("country")} w={80} maxLength={2} />
      </Group>
    </Fieldset>
  );
}
