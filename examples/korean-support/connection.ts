import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Connection {
  readonly url: string
  readonly apiKey: string
}

/** Something that the one who calls can mend: shown without a stack. */
export class ExampleError extends Error {
  override readonly name: string = 'ExampleError'
}

/** The same may succeed a moment later. */
export class TransientError extends ExampleError {
  override readonly name = 'TransientError'
}

/**
 * Where the gateway is: DURE_URL and DURE_API_KEY, or else what a running `npm start` wrote.
 *
 * @throws ExampleError when neither is there
 */
export function findConnection(env: NodeJS.ProcessEnv, root: string): Connection {
  const { DURE_URL: url, DURE_API_KEY: apiKey, DURE_DATA: data = '.data' } = env
  if (url && apiKey) return { url: url.replace(/\/+$/, ''), apiKey }
  if (url || apiKey) throw new ExampleError('Set both DURE_URL and DURE_API_KEY, or neither.')
  const file = join(resolve(root, data), 'connection.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Connection
  } catch (cause) {
    throw new ExampleError(
      `Dure does not run here: ${file} cannot be read.
Start it with \`npm start\` in another terminal, wait for "Dure is ready", and run this again.
For a Dure elsewhere, set DURE_URL and DURE_API_KEY.`,
      { cause },
    )
  }
}
