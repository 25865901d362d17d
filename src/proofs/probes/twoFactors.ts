// A role that asks for two factors is nobody's while a password alone opens their account.
import { systemCaller } from "../../gate/caller.ts";
import { randomToken } from "../../keys/token.ts";
import { admit } from "../../registers/staff/signIn/admit.ts";
import { loginMac } from "../../registers/staff/signIn/macs.ts";
import { removeSecondFactor, setPassword, setSecondFactor } from "../../registers/staff/signIn/store.ts";
import { addAccount, type StaffGrant } from "../../registers/staff/store.ts";
import { newId } from "../../values/Uuid.ts";
import { expect, NothingToProve, type Probe } from "../scene.ts";

/** Also a role that is nobody's without a last day must be of use here. */
const LATER = "9999-12-30";

/** Where no role asks yet, the first one does on the stage: the description may ask any day. */
export const twoFactors: Probe = async ({ stage, description, roles }) => {
  const role = roles.find((id) => description.roles[id]?.signIn === "twoFactors") ?? roles[0];
  const declared = role === undefined ? undefined : description.roles[role];
  if (role === undefined || declared === undefined) throw new NothingToProve("the description has no roles");
  const asking = {
    ...description,
    roles: { ...description.roles, [role]: { ...declared, signIn: "twoFactors" as const } },
  };
  const { gate } = stage;
  stage.putInForce({ ...gate.inForce(), description: asking });

  const [id, caller, login] = [newId(), systemCaller("probe"), `probe-${randomToken()}@example.invalid`];
  const change = <T>(work: (grant: StaffGrant) => Promise<T>) =>
    gate.serving(caller, { register: "staff", verb: "change", place: "roles", subject: id, silent: true }, work);
  const hasIt = async () => (await admit(gate, caller, id)).roles.includes(role);
  const account = { name: "Koetin", login, loginMac: loginMac(gate, login), passwordHash: "of nothing" };
  await change((grant) => addAccount(grant, { ...account, language: "fi", roles: [role], endsOn: LATER, by: id }));

  expect(!(await hasIt()), "a password alone opened an account with a role that asks for two factors");
  await change((grant) => setSecondFactor(grant, randomToken(), 0));
  expect(await hasIt(), "the role is withheld although a code is asked for beside the password");
  await change(removeSecondFactor);
  expect(!(await hasIt()), "the role stayed when the second factor was taken away");
  await change((grant) => setPassword(grant, null));
  expect(await hasIt(), "the role is withheld although no password opens the account");
  return "withheld while a password alone opens the account; in use with a code beside it, or with no password";
};
