import { click, does, show } from "./support/show";
import { RefusalError } from "@whatssound/client";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Panel } from "../src/room/Panel";
import { useRun } from "../src/room/Tries";
import { FakeConnection, InRoom, room } from "./support/room";

function Lock() {
  const run = useRun();
  return <button onClick={() => void run((connection) => connection.act("CloseRoom", {}))}>Close it</button>;
}

function Broken({ isBroken }: { isBroken: boolean }) {
  if (isBroken) throw new Error("broken");
  return <p>whole</p>;
}

test("what is refused is said in the panel where it was tried, until something else succeeds there", async () => {
  let answer: () => unknown = () => {
    throw new RefusalError({ code: "FORBIDDEN", message: "no", retryable: false, retryAfterMs: null, detail: null });
  };
  const connection = new FakeConnection({ CloseRoom: () => answer() });
  const page = await show(
    <InRoom state={room()} connection={connection}>
      <Panel kind="one" title="One" name="The one">
        <Lock />
      </Panel>
      <Panel kind="two" title="Two" name="The two">
        <p>nothing is tried here</p>
      </Panel>
    </InRoom>,
  );
  await click(page.getByText("Close it"));
  const said = (await page.findByText("You may not do that in this room.")).closest("[role=alert]")!;
  assert.equal(said.closest("section"), page.getByRole("region", { name: "One" }));
  answer = () => ({});
  await click(page.getByText("Close it"));
  assert.equal(page.queryByRole("alert"), null);
  await page.close();
});

test("a panel that fails leaves the others alone, and can be shown again", async () => {
  const unreported = globalThis.reportError;
  globalThis.reportError = () => undefined;
  const panels = (isBroken: boolean) => (
    <InRoom state={room()}>
      <Panel kind="one" title="One" name="The one">
        <Broken isBroken={isBroken} />
      </Panel>
      <Panel kind="two" title="Two" name="The two">
        <p>still here</p>
      </Panel>
    </InRoom>
  );
  const page = await show(panels(true));
  assert.match(page.getByRole("alert").textContent!, /^The one cannot be shown/);
  page.getByText("still here");
  await page.again(panels(false));
  await click(page.getByText("Show it again"));
  page.getByText("whole");
  globalThis.reportError = unreported;
  await page.close();
});

test("what was refused is not said for ever: it need not be so any more", async (t) => {
  const refuse = () => {
    throw new RefusalError({ code: "FORBIDDEN", message: "no", retryable: false, retryAfterMs: null, detail: null });
  };
  const page = await show(
    <InRoom state={room()} connection={new FakeConnection({ CloseRoom: refuse })}>
      <Panel kind="one" title="One" name="The one">
        <Lock />
      </Panel>
    </InRoom>,
  );
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await click(page.getByText("Close it"));
  page.getByRole("alert");
  await does(() => t.mock.timers.tick(30_000));
  assert.equal(page.queryByRole("alert"), null);
  await page.close();
});
