// One request as a program with a token sends it; a server that dies in the middle answers nothing.

export type Answered = { readonly status: number; readonly body: Record<string, unknown> };

/** Null where no answer came: what was asked may have been done or not. */
export async function ask(
  url: string,
  token: string,
  method: "GET" | "POST" | "PATCH",
  path: string,
  body?: object,
): Promise<Answered | null> {
  try {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  } catch {
    return null;
  }
}
