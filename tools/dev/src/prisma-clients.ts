import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describeExit, startChild } from './child.ts'
import type { Guard } from './guard.ts'

const require = createRequire(import.meta.url)

/** Each is a process of its own that computes for a second or two. */
const AT_ONCE = 2

/**
 * Generates the Prisma clients whose schema, or whose Prisma, has changed since the last time.
 *
 * @param apps folders; one whose schema asks for no client is left out
 * @returns the folders whose client is new
 */
export async function generateClients(
  apps: readonly string[],
  guard?: Guard | undefined,
): Promise<string[]> {
  const stale = apps.filter(isStale)
  const waiting = [...stale]
  const work = async () => {
    for (let app = waiting.shift(); app; app = waiting.shift()) await generateClient(app, guard)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return stale
}

/**
 * `prisma generate`. The command line insists on the native schema engine, which is a download,
 * although it only asks whether the file exists: it is shown another one.
 */
export async function generateClient(app: string, guard?: Guard | undefined): Promise<void> {
  const fingerprint = fingerprintOf(app)
  const schema = join('prisma', 'schema.prisma')
  const prisma = await startChild({
    name: 'prisma generate',
    command: process.execPath,
    args: [require.resolve('prisma/build/index.js'), 'generate', '--no-hints', '--schema', schema],
    cwd: app,
    guard,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      NO_UPDATE_NOTIFIER: '1',
    },
  })
  const exit = await prisma.exited
  if (exit.code !== 0) {
    throw new Error(
      `prisma generate failed in ${app} (${describeExit(exit)}):\n${prisma.lastLines()}`,
    )
  }
  mkdirSync(join(app, 'src/generated'), { recursive: true })
  writeFileSync(stampOf(app), fingerprint)
}

function isStale(app: string): boolean {
  const schema = join(app, 'prisma/schema.prisma')
  if (!existsSync(schema) || !/^generator /m.test(readFileSync(schema, 'utf8'))) return false
  const stamp = stampOf(app)
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprintOf(app)
}

function stampOf(app: string): string {
  return join(app, 'src/generated/.fingerprint')
}

function fingerprintOf(app: string): string {
  const prisma = readFileSync(require.resolve('prisma/package.json'), 'utf8')
  const { version } = JSON.parse(prisma) as { version: string }
  const schema = readFileSync(join(app, 'prisma/schema.prisma'))
  return createHash('sha256').update(schema).update(version).digest('hex')
}
