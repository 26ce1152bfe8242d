export interface SentEvent {
  readonly id: string
  readonly event: string
  readonly data: { readonly runId: string; readonly data: Readonly<Record<string, unknown>> }
}

/** Server-sent events until the stream ends, or until there are as many as asked for: then it is cut. */
export async function eventsOf(response: Response, limit = Number.POSITIVE_INFINITY) {
  const events: SentEvent[] = []
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    events.push(...blocks.flatMap(eventOf))
    if (events.length >= limit) break
  }
  return events.slice(0, limit)
}

function eventOf(block: string): SentEvent[] {
  const fields = new Map(
    block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]),
  )
  const event = fields.get('event')
  if (event === undefined) return []
  return [{ id: fields.get('id') ?? '', event, data: JSON.parse(fields.get('data') ?? '') }]
}
