import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";
import { afterAll } from "vitest";

/** The way to the database, which a test may cut. */
export type Road = {
  url: string;
  /** Ends every connection and lets no new one through. */
  cut: () => void;
  mend: () => void;
  /** Once the database has answered with this, nothing comes through any more, and nobody hears of it; such connections stay dead. */
  swallowAfter: (text: string) => void;
  /** The next commit reaches the database, its answer does not come back. */
  loseNextCommit: () => void;
};

/** Puts a listener in front of the database at `url`. */
export async function roadTo(url: string): Promise<Road> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const nearEnds = new Set<Socket>();
  let passable = true;
  let losing = false;
  let trap: string | null = null;
  let swallowing = false;
  const dead = new WeakSet<Socket>();
  const server = net.createServer((near) => {
    if (!passable) return near.destroy();
    if (swallowing) dead.add(near);
    const far = net.connect(Number(port), hostname);
    nearEnds.add(near);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        nearEnds.delete(socket);
        // The database is given what was sent before it learns that nobody listens any more.
        if (dead.has(near)) return;
        if (socket === near) far.end();
        else near.destroy();
      });
    }
    near.on("data", (bytes) => dead.has(near) || far.write(bytes));
    far.on("data", (bytes) => {
      if (trap !== null && bytes.includes(trap)) swallow();
      if (dead.has(near)) return;
      if (!losing || !bytes.includes("COMMIT")) return near.write(bytes);
      losing = false;
      near.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const road = new URL(url);
  road.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    passable = false;
    for (const socket of open) socket.destroy();
  };
  const swallow = () => {
    trap = null;
    swallowing = true;
    for (const near of nearEnds) dead.add(near);
  };
  afterAll(() => {
    cut();
    server.close();
  });
  return {
    url: road.toString(),
    cut,
    swallowAfter: (text) => {
      trap = text;
    },
    mend: () => {
      passable = true;
      swallowing = false;
    },
    loseNextCommit: () => {
      losing = true;
    },
  };
}
