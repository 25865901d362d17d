// What is sealed of one who uses the register, sealed anew after a rotation of persons' keys.
import { keyIdOf } from "../../keys/sealed.ts";
import type { StaffGrant } from "./store.ts";

/** Staff's own values end with the account, under no rule of the description. */
export const RULE = "staff";

type Value = { category: string; row: string; sealed: Buffer };
type Kept = { values: readonly Value[]; put: (sealed: readonly Buffer[]) => Promise<unknown> };

/** Of the grant's subject: rows with a value under a key that `isFormer`. */
export async function renewStaff(grant: StaffGrant, isFormer: (key: string) => boolean): Promise<void> {
  for (const { values, put } of await keptOf(grant)) {
    if (!values.some(({ sealed }) => isFormer(keyIdOf(sealed)))) continue;
    const opened = await grant.open(values.map((value) => ({ ...value, subject_id: grant.subject })));
    const items = values.flatMap(({ category, row }, n) => {
      const value = opened[n];
      return value == null ? [] : [{ category, row, value, rule: RULE }];
    });
    // A key that is gone: what it sealed cannot be sealed anew.
    if (items.length < values.length) continue;
    await put((await grant.sealAgain(items)).map(({ sealed }) => sealed));
  }
}

async function keptOf(grant: StaffGrant): Promise<Kept[]> {
  const accounts = await grant.selectFrom("account").select(["subject_id", "sealed_name", "sealed_login"]).execute();
  const sessions = await grant.selectFrom("session").select(["id", "sealed_device"]).execute();
  const passkeys = await grant.selectFrom("passkey").select(["id", "sealed_credential", "sealed_label"]).execute();
  const factors = await grant.selectFrom("second_factor").select(["subject_id", "sealed_secret"]).execute();
  const outside = await grant.selectFrom("outside_identity").select(["id", "sealed_identity"]).execute();
  const views = await grant.selectFrom("saved_view").select(["id", "sealed_name"]).execute();
  return [
    ...views.map(({ id: row, sealed_name }) => ({
      values: [{ category: "staffView", row, sealed: sealed_name }],
      put: ([name]: readonly Buffer[]) =>
        grant
          .update("saved_view")
          .set({ sealed_name: there(name) })
          .where("id", "=", row)
          .execute(),
    })),
    ...accounts.map(({ subject_id: row, sealed_name, sealed_login }) => ({
      values: [
        { category: "staffName", row, sealed: sealed_name },
        { category: "staffLogin", row, sealed: sealed_login },
      ],
      put: ([name, login]: readonly Buffer[]) =>
        grant
          .update("account")
          .set({ sealed_name: there(name), sealed_login: there(login) })
          .execute(),
    })),
    ...sessions.map(({ id: row, sealed_device }) => ({
      values: [{ category: "staffDevice", row, sealed: sealed_device }],
      put: ([device]: readonly Buffer[]) =>
        grant
          .update("session")
          .set({ sealed_device: there(device) })
          .where("id", "=", row)
          .execute(),
    })),
    ...passkeys.map(({ id: row, sealed_credential, sealed_label }) => ({
      values: [
        { category: "staffPasskey", row, sealed: sealed_credential },
        { category: "staffDevice", row, sealed: sealed_label },
      ],
      put: ([credential, label]: readonly Buffer[]) =>
        grant
          .update("passkey")
          .set({ sealed_credential: there(credential), sealed_label: there(label) })
          .where("id", "=", row)
          .execute(),
    })),
    ...factors.map(({ subject_id: row, sealed_secret }) => ({
      values: [{ category: "staffSecondFactor", row, sealed: sealed_secret }],
      put: ([secret]: readonly Buffer[]) =>
        grant
          .update("second_factor")
          .set({ sealed_secret: there(secret) })
          .execute(),
    })),
    ...outside.map(({ id: row, sealed_identity }) => ({
      values: [{ category: "staffIdentity", row, sealed: sealed_identity }],
      put: ([identity]: readonly Buffer[]) =>
        grant
          .update("outside_identity")
          .set({ sealed_identity: there(identity) })
          .where("id", "=", row)
          .execute(),
    })),
  ];
}

function there(sealed: Buffer | undefined): Buffer {
  if (!sealed) throw new Error("sealing answered less than was asked");
  return sealed;
}
