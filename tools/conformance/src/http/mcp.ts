const PATIENCE_MS = 60_000

/** A message of JSON-RPC and its answer, which may come as the data of a server-sent event. */
export async function askMcp(
  { origin, key }: { readonly origin: string; readonly key: string },
  method: string,
  params: object,
): Promise<string> {
  const response = await fetch(`${origin}/mcp`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const text = await response.text()
  return /^data: (.*)$/m.exec(text)?.[1] ?? text
}

/** The names of the tools that a key may call. */
export async function toolsOf(who: {
  readonly origin: string
  readonly key: string
}): Promise<string[]> {
  const { result } = JSON.parse(await askMcp(who, 'tools/list', {})) as {
    readonly result?: { readonly tools: readonly { readonly name: string }[] }
  }
  return (result?.tools ?? []).map(({ name }) => name)
}
