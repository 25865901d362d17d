import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LETTERS, letterOf } from "../../../values/Letters.ts";
import { newId } from "../../../values/Uuid.ts";
import { nameOrder } from "./nameOrder.ts";

test("an order that things come to and go from is the order of what is left", () => {
  const letter = fc.integer({ min: 0, max: LETTERS.length });
  const step = fc.oneof(fc.record({ add: letter, at: fc.nat() }), fc.record({ remove: fc.nat() }));
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 20 }), fc.array(step, { maxLength: 30 }), (first, steps) => {
      const held = first.toSorted((a, b) => a - b).map((of) => ({ id: newId(), letter: of }));
      const starts = Array.from(
        { length: LETTERS.length + 1 },
        (_, n) => held.filter((other) => other.letter < n).length,
      );
      const order = nameOrder(
        held.map(({ id }) => id),
        starts,
      );
      for (const one of steps) {
        if ("add" in one) {
          const start = held.filter((other) => other.letter < one.add).length;
          const end = start + held.filter((other) => other.letter === one.add).length;
          const place = start + (one.at % (end - start + 1));
          const made = { id: newId(), letter: one.add };
          held.splice(place, 0, made);
          order.insert(place, made.id, made.letter);
        } else if (held.length > 0) {
          const [gone] = held.splice(one.remove % held.length, 1);
          assert.ok(gone && order.remove(gone.id));
          assert.equal(order.placeOf(gone.id), -1);
        }
      }
      assert.equal(order.size(), held.length);
      assert.deepEqual(
        order.ids(0, held.length + 5),
        held.map(({ id }) => id),
      );
      for (let n = 0; n <= LETTERS.length; n++)
        assert.equal(order.startOf(n), held.filter((other) => other.letter < n).length);
      for (const [n, { id }] of held.entries()) assert.equal(order.placeOf(id), n);
    }),
  );
});

test("it grows past its first room, and what is not there is not removed", () => {
  const order = nameOrder();
  const ids = Array.from({ length: 3000 }, () => newId());
  for (const id of ids) order.insert(0, id, letterOf("Aava"));
  assert.deepEqual(order.ids(0, 4000), ids.toReversed());
  assert.equal(order.remove(newId()), false);
  assert.equal(order.size(), ids.length);
});
