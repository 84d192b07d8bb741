import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";
import { afterAll } from "vitest";

/** The way to the database, which a test may cut. */
export type Road = {
  url: string;
  /** Ends every connection and lets no new one through. */
  cut: () => void;
  mend: () => void;
  /** The next commit reaches the database, its answer does not come back. */
  loseNextCommit: () => void;
};

/** Puts a listener in front of the database at `url`. */
export async function roadTo(url: string): Promise<Road> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let passable = true;
  let losing = false;
  const server = net.createServer((near) => {
    if (!passable) return near.destroy();
    const far = net.connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        // The database is given what was sent before it learns that nobody listens any more.
        if (socket === near) far.end();
        else near.destroy();
      });
    }
    near.on("data", (bytes) => far.write(bytes));
    far.on("data", (bytes) => {
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
  afterAll(() => {
    cut();
    server.close();
  });
  return {
    url: road.toString(),
    cut,
    mend: () => {
      passable = true;
    },
    loseNextCommit: () => {
      losing = true;
    },
  };
}
