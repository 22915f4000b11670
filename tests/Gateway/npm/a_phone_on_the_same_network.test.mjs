import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import decodeQR from "qr/decode.js";
import { explanation, lanPlan, qrCode } from "../../../deploy/lan.mjs";
import { startProcess, temporaryData } from "./support/server.mjs";

const at = (address, more = {}) => [{ family: "IPv4", internal: false, address, ...more }];
const home = { lo: at("127.0.0.1", { internal: true }), docker0: at("172.17.0.1"), wlan0: [{ family: "IPv6", internal: false, address: "fe80::1" }, ...at("192.168.1.20")], eth1: at("10.0.0.7") };

test("the address of the home network is found, and taken for links too", () => {
  const plan = lanPlan(["--lan", "--Log:Format=json"], home);
  assert.deepEqual(plan, {
    origin: "http://192.168.1.20:5080",
    others: ["10.0.0.7"],
    arguments: ["--urls=http://192.168.1.20:5080;http://127.0.0.1:5080", "--WebPage:LinkOrigin=http://192.168.1.20:5080", "--Log:Format=json"],
  });
});

test("an address and a port can be named", () => {
  assert.equal(lanPlan(["--lan=10.0.0.7"], home).origin, "http://10.0.0.7:5080");
  assert.equal(lanPlan(["--lan=10.0.0.7:6000"], home).origin, "http://10.0.0.7:6000");
  assert.equal(lanPlan(["--lan=:6000"], home).origin, "http://192.168.1.20:6000");
  assert.equal(lanPlan(["--lan=172.17.0.1"], home).origin, "http://172.17.0.1:5080");
});

test("what cannot be is said, and nothing is opened by a guess", () => {
  const problems = [
    [["--lan", "--urls", "http://0.0.0.0:1"], home, /both say where to listen/],
    [["--lan", "--Urls=http://0.0.0.0:1"], home, /both say where to listen/],
    [["--lan", "--lan=10.0.0.7"], home, /given once/],
    [["--lan=10.0.0.8"], home, /10\.0\.0\.8 is no address of this machine\. It has .*192\.168\.1\.20 \(wlan0\)/],
    [["--lan=phone"], home, /an address of this machine is meant/],
    [["--lan=10.0.0.7:70000"], home, /an address of this machine is meant/],
    [["--lan"], { eth0: at("203.0.113.5"), docker0: at("172.17.0.1") }, /name the one that is meant.*203\.0\.113\.5 \(eth0\)/],
    [["--lan"], { lo: home.lo }, /none but its own/],
  ];
  for (const [given, interfaces, problem] of problems) assert.match(lanPlan(given, interfaces).problem ?? "nothing", problem);
});

/** What a camera sees of half blocks: dark where nothing is printed. */
function pictureOf(text, scale = 4) {
  const lines = text.split("\n").map((line) => [...line]);
  const light = { "█": [1, 1], "▀": [1, 0], "▄": [0, 1], " ": [0, 0] };
  const modules = lines.flatMap((line) => [0, 1].map((half) => line.map((block) => light[block][half])));
  const [width, height] = [modules[0].length * scale, modules.length * scale];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => 255 * modules[Math.floor(i / 3 / width / scale)][Math.floor(((i / 3) % width) / scale)]);
  return { width, height, data };
}

test("a phone that reads the code has the address", () => {
  for (const origin of ["http://192.168.1.20:5080", "http://10.0.0.7:65535"]) assert.equal(decodeQR(pictureOf(qrCode(origin))), origin);
  const coloured = qrCode("http://10.0.0.7:1", { hasColours: true });
  assert.equal(coloured.replaceAll(/\x1b\[[\d;]*m/g, ""), qrCode("http://10.0.0.7:1"));
});

test("it says what is exposed, which is more in Development", () => {
  const plan = lanPlan(["--lan"], home);
  assert.match(explanation(plan), /as a guest under any name/);
  assert.doesNotMatch(explanation(plan, { environment: "Production" }), /as a guest under any name/);
  for (const environment of ["Development", "Production"]) assert.match(explanation(plan, { environment }), /http:\/\/192\.168\.1\.20:5080\n[^]*Nothing is encrypted/);
});

test("as a program it hands on what it was given, or ends with the reason", () => {
  const file = fileURLToPath(new URL("../../../deploy/lan.mjs", import.meta.url));
  const wrong = spawnSync(process.execPath, [file, "--lan=256.1.1.1"], { encoding: "utf8" });
  assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
  assert.match(wrong.stderr, /is no address of this machine/);
});

/** A port that is free at some addresses, below those that systems hand out: nobody who does not name it takes it meanwhile. */
async function freePort(...addresses) {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const isFree = (address) =>
      new Promise((resolve) => {
        const probe = createServer().once("error", () => resolve(false));
        probe.listen(port, address, () => probe.close(() => resolve(true)));
      });
    if ((await Promise.all(addresses.map(isFree))).every(Boolean)) return port;
  }
}

test("the program listens there, lets a guest in, and links carry the address", async () => {
  const port = await freePort("127.0.0.2", "127.0.0.1");
  const plan = lanPlan([`--lan=127.0.0.2:${port}`], { eth0: at("127.0.0.2") });
  const { Urls: url, ...settings } = Object.fromEntries(plan.arguments.map((argument) => /^--(.+?)=(.*)$/.exec(argument).slice(1)).map(([key, value]) => [key === "urls" ? "Urls" : key, value]));
  const data = temporaryData();
  const server = await startProcess(data, { url, settings });
  try {
    for (const origin of [plan.origin, `http://127.0.0.1:${port}`]) assert.equal((await (await fetch(`${origin}/page.json`)).json()).linkOrigin, plan.origin);
    const guest = await fetch(`${plan.origin}/guest`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"name":"Phone"}' });
    assert.equal(guest.status, 200);
  } finally {
    await server.stop();
    data.remove();
  }
});
