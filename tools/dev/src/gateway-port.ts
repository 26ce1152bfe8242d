import { UsageError } from './command-line.ts'
import { freePortFrom, isPortFree } from './ports.ts'

const DEFAULT_PORT = 3000

/**
 * The port of DURE_PORT, or else 3000, or else the next free one.
 *
 * @throws UsageError when DURE_PORT names a port that is taken, or no port at all
 */
export async function chooseGatewayPort(
  { DURE_PORT }: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<number> {
  if (!DURE_PORT) {
    const port = await freePortFrom(DEFAULT_PORT)
    if (port !== DEFAULT_PORT) {
      say(`Port ${DEFAULT_PORT} is taken: using ${port}. DURE_PORT chooses another one.`)
    }
    return port
  }
  const port = Number(DURE_PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError(`DURE_PORT must be a port from 1 to 65535, not "${DURE_PORT}"`)
  }
  if (!(await isPortFree(port))) {
    throw new UsageError(`Port ${port} is taken: set DURE_PORT to another one, or unset it`)
  }
  return port
}
