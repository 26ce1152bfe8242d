import { Agent, get, type IncomingMessage } from 'node:http'

export interface Target {
  readonly url: string
  readonly apiKey: string
}

/** Clients that ask again and again, over connections that they keep. */
export interface Load {
  readonly answered: number
  readonly failures: readonly string[]
  stop(): Promise<void>
}

export function startLoad({ url, apiKey }: Target, clients: number): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const failures: string[] = []
  let answered = 0
  let stopped = false
  const loop = async () => {
    while (!stopped) {
      const failure = await ask(`${url}/v1/models`, apiKey, agent)
      if (failure === undefined) answered += 1
      else failures.push(failure)
    }
  }
  const loops = Array.from({ length: clients }, loop)
  return {
    get answered() {
      return answered
    },
    failures,
    async stop() {
      stopped = true
      await Promise.all(loops)
      agent.destroy()
    },
  }
}

/** @returns what went wrong */
function ask(url: string, apiKey: string, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${apiKey}` }
    const request = get(url, { agent, headers, timeout: 30_000 }, (response) => {
      response.resume()
      response.once('error', ({ message }) => resolve(message))
      response.once('end', () =>
        resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`),
      )
    })
    request.once('error', ({ message }) => resolve(message))
    request.once('timeout', () => request.destroy(new Error('no answer within 30 s')))
  })
}

/** A reader of events that comes back, from where it was, whenever a stream ends. */
export interface Reader {
  /** Numbers of the events, in the order of their arrival. */
  readonly received: readonly number[]
  /** How often it came back. */
  readonly resumed: number
  stop(): Promise<void>
}

const BLOCK = /^id: (\d+)$/m

export function startReader({ url, apiKey }: Target): Reader {
  const received: number[] = []
  const stopping = new AbortController()
  let opened = 0
  const follow = async () => {
    while (!stopping.signal.aborted) {
      const last = received.at(-1)
      opened += 1
      await read(last).catch(() => {})
    }
  }
  async function read(last: number | undefined): Promise<void> {
    const headers = {
      authorization: `Bearer ${apiKey}`,
      ...(last !== undefined && { 'last-event-id': String(last) }),
    }
    const options = { agent: false, headers, signal: stopping.signal } as const
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${url}/v2/runs/run_1/events`, options, resolve).once('error', reject)
    })
    let text = ''
    for await (const chunk of response) {
      text += chunk
      const blocks = text.split('\n\n')
      // What no empty line ends is not an event.
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const id = BLOCK.exec(block)?.[1]
        if (id !== undefined) received.push(Number(id))
      }
    }
  }
  const following = follow()
  return {
    received,
    get resumed() {
      return opened - 1
    },
    async stop() {
      stopping.abort()
      await following
    },
  }
}
