import { type Child, startChild, untilReady } from './child.ts'
import type { Guard } from './guard.ts'
import { ROOT } from './repository.ts'
import { answers } from './services.ts'

const READY_TIMEOUT_MS = 30_000

export interface DemoModelOptions {
  readonly port: number
  readonly guard?: Guard | undefined
  readonly onLine?: ((line: string) => void) | undefined
}

/** What the agent service must know to ask the demo model. */
export function demoModelSettings(port: number): Record<string, string> {
  return { MODEL_BASE_URL: `http://127.0.0.1:${port}/v1`, MODEL_DEFAULT: 'demo', MODEL_API_KEY: '' }
}

/** A model that only quotes what it is given: for trying things out without a real one. */
export async function startDemoModel({ port, guard, onLine }: DemoModelOptions): Promise<Child> {
  const child = await startChild({
    name: 'the demo model',
    command: process.execPath,
    args: ['tools/scripted-model/src/demo.ts'],
    cwd: ROOT,
    env: { PORT: String(port), HOST: '127.0.0.1' },
    guard,
    onLine,
  })
  await untilReady(child, {
    isReady: () => answers(`http://127.0.0.1:${port}/health`),
    timeoutMs: READY_TIMEOUT_MS,
  })
  return child
}
