// ./run --lan: prints the address by which phones on the same network reach the room, and on standard output the arguments that the program gets for it, one a line.
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import encodeQR from "qr";

const defaultPort = 5080;
const option = /^--lan(?:=(.*))?$/;
const privateAddress = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;
/** Networks within this machine, on which no phone is. */
const within = /^(docker|br-|veth|virbr|vmnet|vboxnet|vnic|cni|flannel|utun|tun|tap|wg|tailscale|zt)/;

/** What the program is to be started with, and where it can be reached then; or why that cannot be, in a sentence. */
export function lanPlan(given, interfaces = networkInterfaces()) {
  const named = given.filter((argument) => option.test(argument)).map((argument) => option.exec(argument)[1] ?? "");
  const rest = given.filter((argument) => !option.test(argument));
  if (named.length !== 1) return { problem: "--lan is given once." };
  if (rest.some((argument) => /^--?urls\b/i.test(argument))) return { problem: "--lan and --urls both say where to listen: give one of them, or --lan=ADDRESS:PORT." };
  const all = Object.entries(interfaces).flatMap(([name, list]) => (list ?? []).filter(({ family, internal }) => family === "IPv4" && !internal).map(({ address }) => ({ name, address })));
  const has = all.length > 0 ? `It has ${all.map(({ name, address }) => `${address} (${name})`).join(", ")}.` : "It has none but its own.";
  const likely = all.filter(({ name, address }) => !within.test(name) && privateAddress.test(address)).map(({ address }) => address);
  const wanted = /^([\d.]*)(?::(\d{1,5}))?$/.exec(named[0]);
  const port = Number(wanted?.[2] ?? defaultPort);
  if (!wanted || port < 1 || port > 65_535) return { problem: `--lan=${named[0]}: an address of this machine is meant, or a port, as in --lan=192.168.1.20 or --lan=192.168.1.20:5080.` };
  const address = wanted[1] || likely[0];
  if (!address) return { problem: `This machine has no address of a home network that is known as one; name the one that is meant, as in --lan=192.168.1.20. ${has}` };
  if (!all.some((one) => one.address === address)) return { problem: `${address} is no address of this machine. ${has}` };
  const origin = `http://${address}:${port}`;
  return { origin, others: likely.filter((other) => other !== address), arguments: [`--urls=${origin};http://127.0.0.1:${port}`, `--WebPage:LinkOrigin=${origin}`, ...rest] };
}

/** A QR code of a text in half blocks, light on dark as in most terminals; with colours of its own where the terminal takes them, so that it is right on a light one, too. */
export function qrCode(text, { hasColours = false } = {}) {
  const lines = encodeQR(text, "ascii", { border: 4 }).split("\n").filter((line) => line !== "");
  return lines.map((line) => (hasColours ? `\x1b[97;40m${line}\x1b[0m` : line)).join("\n");
}

/** What people should know before they hold a phone to it. */
export function explanation({ origin, others }, { environment = "Development", hasColours = false } = {}) {
  const isDevelopment = environment === "Development";
  return [
    qrCode(origin, { hasColours }),
    `Once it says that it listens: ${origin}`,
    ...(others.length > 0 ? [`Where that does not work, another address of this machine may: ${others.map((address) => `--lan=${address}`).join(", ")}`] : []),
    isDevelopment
      ? "Everybody on this network can open that page, come in as a guest under any name, and read and write in rooms that are not locked. Nothing is encrypted, so who shares the network can listen in. Tokens for any user are for programs of this machine only."
      : "Everybody on this network can open that page, and come in if guests are let in or if they have a token. Nothing is encrypted, so who shares the network can listen in, and take a token from it.",
    "A firewall may be in the way; a network for guests often keeps its phones apart.",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const plan = lanPlan(process.argv.slice(2));
  console.error(plan.problem ?? explanation(plan, { environment: process.env.ASPNETCORE_ENVIRONMENT, hasColours: process.stderr.isTTY }));
  if (plan.problem) process.exit(2);
  console.log(plan.arguments.join("\n"));
}
