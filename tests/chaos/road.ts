import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";

/** A TCP way to a server, which a scenario may cut, slow down, or let connections vanish in. */
export type Road = {
  url: string;
  /** Breaks every connection off. */
  reset: () => void;
  /** How much later every byte arrives from now on. */
  delay: (ms: number) => void;
  /** The connections of this moment swallow all bytes and never end, as when a firewall forgets them. New ones work. */
  forget: () => void;
  /** Nothing is let through any more, neither old nor new, until `forget` and `open`. */
  close: () => void;
  open: () => void;
  /** New connections lead here from now on. */
  turnTo: (port: number) => void;
  end: () => void;
};

type Passage = { near: Socket; far: Socket; forgotten: boolean };

/** Puts a listener in front of the server that a URL names. */
export async function roadTo(url: string): Promise<Road> {
  let port = Number(new URL(url).port);
  let lateBy = 0;
  let closed = false;
  const passages = new Set<Passage>();
  const server = net.createServer((near) => {
    if (closed) {
      // Accepted, then silence: whoever connects finds out by waiting.
      passages.add({ near: near.on("error", () => {}), far: near, forgotten: true });
      return;
    }
    const passage: Passage = { near, far: net.connect(port, "127.0.0.1"), forgotten: false };
    passages.add(passage);
    pass(passage, passage.near, passage.far);
    pass(passage, passage.far, passage.near);
  });

  function pass(passage: Passage, from: Socket, to: Socket): void {
    from.setNoDelay(true);
    let due = 0;
    from.on("error", () => {});
    from.on("data", (bytes) => {
      const deliver = () => {
        if (!passage.forgotten && !to.destroyed) to.write(bytes);
      };
      // In order, also when the delay ends: what comes now waits for what came late.
      due = Math.max(due, performance.now() + lateBy);
      const wait = due - performance.now();
      if (wait > 0) setTimeout(deliver, wait);
      else deliver();
    });
    from.on("close", () => {
      if (passage.forgotten) return;
      passages.delete(passage);
      to.destroy();
    });
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const road = new URL(url);
  road.port = String((server.address() as AddressInfo).port);
  const reset = () => {
    for (const { near, far } of passages) {
      near.destroy();
      far.destroy();
    }
    passages.clear();
  };
  const forget = () => {
    for (const passage of passages) passage.forgotten = true;
  };
  return {
    url: road.toString(),
    reset,
    delay: (ms) => {
      lateBy = ms;
    },
    forget,
    close: () => {
      closed = true;
      forget();
    },
    open: () => {
      closed = false;
    },
    turnTo: (other) => {
      port = other;
    },
    end: () => {
      reset();
      server.close();
    },
  };
}
