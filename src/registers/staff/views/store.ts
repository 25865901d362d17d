// Saved views of one who uses the register. The name is sealed: a person may write anything into it.
import { compareNames } from "../../../values/Letters.ts";
import { notFound, Problem } from "../../../values/problem.ts";
import { newId } from "../../../values/Uuid.ts";
import type { StaffGrant } from "../store.ts";
import { type SavedView, ViewedList, ViewFilter } from "./contract.ts";

const CATEGORY = "staffView";
/** A list of views longer than this is no help to anybody. */
const MOST = 30;

export type OwnView = SavedView & { createdAt: Date };

export async function viewsOf(grant: StaffGrant): Promise<OwnView[]> {
  const rows = await grant.selectFrom("saved_view").selectAll().execute();
  const names = await grant.open(
    rows.map(({ id, subject_id, sealed_name: sealed }) => ({ subject_id, category: CATEGORY, row: id, sealed })),
  );
  const views = rows.map(({ id, list, filter, created_at }, n) => ({
    id,
    list: ViewedList.parse(list),
    name: names[n] ?? "",
    filter: ViewFilter.parse(filter),
    createdAt: created_at,
  }));
  return views.sort((a, b) => compareNames(a.name, b.name));
}

/** @throws Problem `tooManyViews` (409) */
export async function addView(grant: StaffGrant, view: Omit<SavedView, "id">): Promise<{ id: string }> {
  const there = await viewsOf(grant);
  const same = there.find(({ list, name }) => list === view.list && name === view.name);
  if (same) await grant.delete("saved_view").where("id", "=", same.id).execute();
  else if (there.length >= MOST) throw new Problem("tooManyViews", 409, { most: MOST });
  const id = newId(grant.at);
  const [sealed] = await grant.seal([{ category: CATEGORY, row: id, value: view.name }]);
  if (!sealed) throw new Error("a view's name was not sealed");
  const { list, filter } = view;
  await grant
    .insert("saved_view", {
      id,
      list,
      sealed_name: sealed.sealed,
      filter: JSON.stringify(filter),
      created_at: grant.at,
    })
    .execute();
  return { id };
}

/** @throws Problem `notFound` */
export async function removeView(grant: StaffGrant, id: string): Promise<{ id: string }> {
  const { numDeletedRows } = await grant.delete("saved_view").where("id", "=", id).executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) throw notFound();
  return { id };
}
