import { Checkbox, NativeSelect, Radio, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Day } from "../../values/Day.ts";
import { Choice } from "../shell/Choice.tsx";
import { AddressFields, emptyAddress } from "../ui/fields/AddressFields.tsx";
import { DayField } from "../ui/fields/DayField.tsx";
import { IdentityCodeField } from "../ui/fields/IdentityCodeField.tsx";
import { MoneyField } from "../ui/fields/MoneyField.tsx";
import { OwnValueField } from "../ui/fields/OwnValueField.tsx";
import { useWords } from "../words/words.tsx";
import { Specimen } from "./Specimen.tsx";

/** The library's fields as the theme makes them: empty, filled, wrong, shut, and only to be read. */
export function Fields() {
  const { t } = useWords();
  const long = t("missing.vatRegistered");
  const error = t("field.required");
  const data = [t("field.choose"), long];
  return (
    <>
      <Specimen name="TextInput">
        <Stack gap="sm">
          <TextInput label="empty" placeholder={t("customers.searchHint")} />
          <TextInput label={long} description={long} defaultValue={long} />
          <TextInput label="wrong" defaultValue="?" error={error} required />
          <TextInput label="disabled" defaultValue={long} disabled />
          <TextInput label="read only" defaultValue={long} readOnly />
        </Stack>
      </Specimen>
      <Specimen name="Textarea, NativeSelect">
        <Stack gap="sm">
          <Textarea label="Textarea" defaultValue={t("erasure.sureText")} autosize />
          <NativeSelect label="NativeSelect" data={data} />
          <NativeSelect label="wrong" data={data} error={error} />
          <NativeSelect label="disabled" data={data} disabled />
        </Stack>
      </Specimen>
      <Specimen name="Checkbox, Radio, Switch">
        <Stack gap="xs">
          <Checkbox label={long} />
          <Checkbox label="chosen" defaultChecked />
          <Checkbox label="wrong" error={error} />
          <Checkbox label="disabled" defaultChecked disabled />
          <Radio.Group label="Radio" defaultValue="a">
            <Radio value="a" label="chosen" />
            <Radio value="b" label={long} mt={6} />
            <Radio value="c" label="disabled" disabled mt={6} />
          </Radio.Group>
          <Switch label="Switch" />
          <Switch label="on" defaultChecked />
        </Stack>
      </Specimen>
      <Specimen name="Choice">
        <Choice label="Choice" value="a" choose={() => undefined} options={[{ value: "a", label: long }]} />
      </Specimen>
    </>
  );
}

/** Fields that know what they ask for. */
export function OwnFields() {
  const [day, setDay] = useState<Day | null>(null);
  const [cents, setCents] = useState<number | null>(123_450);
  const [address, setAddress] = useState(emptyAddress);
  const [wrongAddress, setWrongAddress] = useState({ ...emptyAddress, town: "Oulu" });
  const [code, setCode] = useState({ code: "", ground: "" });
  const [wrongCode, setWrongCode] = useState({ code: "010101-0000", ground: "" });
  const [own, setOwn] = useState("");
  const { t } = useWords();
  return (
    <>
      <Specimen name="DayField">
        <DayField label="empty" value={day} onChange={setDay} />
        <DayField label="wrong" value={null} onChange={() => undefined} error={t("field.dayWrong")} />
        <DayField label="disabled" value={null} onChange={() => undefined} disabled />
      </Specimen>
      <Specimen name="MoneyField">
        <MoneyField label="filled" cents={cents} onChange={setCents} />
        <MoneyField label="wrong" cents={null} onChange={() => undefined} error={t("field.moneyWrong")} />
      </Specimen>
      <Specimen name="AddressFields">
        <AddressFields legend="empty" value={address} onChange={setAddress} tried={false} />
      </Specimen>
      <Specimen name="AddressFields, wrong">
        <AddressFields legend="wrong" value={wrongAddress} onChange={setWrongAddress} tried />
      </Specimen>
      <Specimen name="IdentityCodeField">
        <IdentityCodeField value={code} onChange={setCode} tried={false} />
      </Specimen>
      <Specimen name="IdentityCodeField, wrong">
        <IdentityCodeField value={wrongCode} onChange={setWrongCode} tried />
      </Specimen>
      {["text", "longText", "number", "day", "yesNo"].map((type) => (
        <Specimen key={type} name={`OwnValueField, ${type}`}>
          <OwnValueField field={{ label: type, type }} value={own} onChange={setOwn} />
        </Specimen>
      ))}
    </>
  );
}
