// One keep-alive HTTP/1.1 connection, one request at a time. A client library would cost more than the servers under measurement.
import { connect, type Socket } from "node:net";

export type Asked = { method: "GET" | "POST"; path: string; body?: string };
export type Answer = { status: number; body: string };

export class Connection {
  readonly #socket: Socket;
  readonly #head: string;
  #buffer = "";
  #wanted = -1;
  #status = 0;
  #done: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket, head: string) {
    this.#socket = socket;
    this.#head = head;
    socket.setNoDelay(true);
    // Bytes as letters: lengths are in bytes.
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => this.#hear(chunk));
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("closed")));
  }

  static open(url: string, token: string): Promise<Connection> {
    const { hostname, port, host } = new URL(url);
    const head = `Host: ${host}\r\nAuthorization: Bearer ${token}\r\nAccept: application/json\r\n`;
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.off("error", reject);
        resolve(new Connection(socket, head));
      });
      socket.once("error", reject);
    });
  }

  ask({ method, path, body }: Asked): Promise<Answer> {
    const content = body === undefined ? "" : Buffer.from(body).toString("latin1");
    const more = body === undefined ? "" : `Content-Type: application/json\r\nContent-Length: ${content.length}\r\n`;
    return new Promise((resolve, reject) => {
      this.#done = { resolve, reject };
      this.#socket.write(`${method} ${path} HTTP/1.1\r\n${this.#head}${more}\r\n${content}`, "latin1");
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(chunk: string): void {
    this.#buffer = this.#buffer === "" ? chunk : this.#buffer + chunk;
    if (this.#wanted < 0) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = this.#buffer.slice(0, end);
      this.#status = Number(head.slice(9, 12));
      this.#wanted = end + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    }
    if (this.#buffer.length < this.#wanted) return;
    const text = this.#buffer.slice(this.#buffer.indexOf("\r\n\r\n") + 4, this.#wanted);
    this.#buffer = this.#buffer.slice(this.#wanted);
    this.#wanted = -1;
    const done = this.#done;
    this.#done = undefined;
    done?.resolve({ status: this.#status, body: text });
  }

  #fail(error: Error): void {
    const done = this.#done;
    this.#done = undefined;
    done?.reject(error);
  }
}
