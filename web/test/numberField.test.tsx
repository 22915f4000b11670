import { fireEvent } from "@testing-library/dom";
import assert from "node:assert/strict";
import { useState } from "preact/hooks";
import { test } from "node:test";
import { NumberField } from "../src/ui/NumberField";
import { does, show, type } from "./support/show";

function Counted() {
  const [count, setCount] = useState(10);
  return (
    <>
      <NumberField value={count} min={1} max={1000} onNumber={setCount} />
      <output>{count}</output>
    </>
  );
}

test("a number field that is emptied stays empty until something is typed, and shows the number again once it is left", async () => {
  const page = await show(<Counted />);
  const field = (await page.findByRole("spinbutton")) as HTMLInputElement;
  await type(field, "");
  assert.deepEqual([field.value, page.getByRole("status").textContent], ["", "10"]);
  await type(field, "2");
  assert.deepEqual([field.value, page.getByRole("status").textContent], ["2", "2"]);
  await type(field, "");
  await does(() => fireEvent.blur(field));
  assert.equal(field.value, "2");
});
