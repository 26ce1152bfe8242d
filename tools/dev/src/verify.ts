import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { generateClients } from './prisma-clients.ts'
import { appFolder, ROOT, SERVICES } from './repository.ts'

interface Check {
  readonly name: string
  readonly command: readonly string[]
}

/** What can be found out about the code without running it. */
const CHECKS: readonly Check[] = [
  { name: 'Format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'Types', command: ['nx', 'run-many', '-t', 'typecheck'] },
  {
    name: 'Types outside the workspaces',
    command: ['node', 'node_modules/typescript-7/bin/tsc', '-p', '.'],
  },
  {
    name: 'Architecture: who may import whom',
    command: ['vitest', 'run', '--root', 'tools/checks', 'src/architecture.test.ts'],
  },
  { name: 'Unused code and dependencies', command: ['knip'] },
  {
    name: 'OpenAPI: written, clean, and no break of v1',
    command: ['node', 'tools/openapi/src/openapi.ts', '--check'],
  },
]

const NX_WITHOUT_SERVICES = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' }

await generateClients(SERVICES.map(appFolder))
const failed: string[] = []
for (const { name, command } of CHECKS) {
  console.log(`\n=== ${name}: ${command.join(' ')}`)
  if (!(await passes(command))) failed.push(name)
}
console.log('\n=== Summary')
for (const { name } of CHECKS)
  console.log(`${failed.includes(name) ? 'FAILED' : 'passed'}  ${name}`)
if (failed.length > 0) {
  console.log(
    '\nNext: mend what is reported above. `npx biome check --write .` mends most of format and lint.',
  )
  process.exitCode = 1
}

/** Its programs are those of node_modules/.bin, which `tools/start.mjs` puts on the PATH. */
async function passes([program = '', ...args]: readonly string[]): Promise<boolean> {
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...NX_WITHOUT_SERVICES },
  })
  const [code] = await once(child, 'exit')
  return code === 0
}
