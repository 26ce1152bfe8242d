import { messageOf, runCommand, UsageError } from './command-line.ts'
import { claimDataDirectory, dataDirectoryFrom, forgetData } from './data-directory.ts'
import { startGuard } from './guard.ts'
import type { Session } from './infrastructure.ts'
import { createScreen } from './log-prefix.ts'
import { createStopList } from './stop-list.ts'
import { type RunningSystem, startSystem } from './system.ts'

const EXIT_FORCED = 130

const startedAt = Number(process.env.DURE_STARTED_AT ?? Date.now())

await runCommand(async () => {
  const reset = resetWanted(process.argv.slice(2))
  const session = openSession()
  const stop = stopOnDemand(session)
  try {
    if (reset) await forget(session)
    const system = await startSystem(session)
    session.data.writeConnection(system.connection)
    process.stdout.write(welcome(system, session))
  } catch (error) {
    await stop('the start failed', 1, messageOf(error))
  }
})

function resetWanted(args: readonly string[]): boolean {
  const unknown = args.find((arg) => arg !== '--reset')
  if (unknown) throw new UsageError(`Unknown: ${unknown}\nusage: npm start [-- --reset]`)
  return args.length > 0
}

function openSession(): Session {
  const screen = createScreen({
    write: (text) => process.stdout.write(text),
    colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  })
  const show = screen.source('dure')
  return {
    data: claimDataDirectory(dataDirectoryFrom(process.env), 'tools/dev/src/up.ts'),
    env: process.env,
    guard: startGuard(),
    screen,
    say: (line) => show(`${elapsed()}  ${line}`),
    stops: createStopList(),
  }
}

function elapsed(): string {
  return `${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s`
}

async function forget({ data, say, env }: Session): Promise<void> {
  await forgetData(data)
  say(`All data in ${data.path} are forgotten`)
  if (env.DATABASE_URL) say('The databases on the server of DATABASE_URL are left as they are')
}

/** @param lastWords told on standard error when all has ended */
type Stop = (why: string, exitCode: number, lastWords?: string) => Promise<void>

/**
 * The first Ctrl-C stops in order, the second by force. The end of `tools/start.mjs`, of the
 * terminal, or an error that nobody caught stop in order too.
 */
function stopOnDemand(session: Session): Stop {
  let stopping = false
  const stop: Stop = async (why, exitCode, lastWords) => {
    if (stopping) return
    stopping = true
    session.say(`Stopping: ${why}`)
    await session.stops.run()
    await session.guard.close()
    session.data.release()
    session.say('Stopped')
    if (lastWords) console.error(`\nDure could not start. ${lastWords}`)
    process.exit(exitCode)
  }
  let interrupts = 0
  process.on('SIGINT', () => {
    interrupts += 1
    if (interrupts === 1) return void stop('Ctrl-C', 0)
    session.guard.killAll()
    session.data.release()
    process.exit(EXIT_FORCED)
  })
  process.on('SIGTERM', () => void stop('SIGTERM', 0))
  process.on('SIGHUP', () => void stop('the terminal was closed', 0))
  process.on('disconnect', () => void stop('the command that started this has ended', 0))
  process.on('message', () => void stop('Ctrl-C', 0))
  process.on('uncaughtException', (error) => {
    console.error(error)
    void stop('an unexpected error, see above', 1)
  })
  // A terminal that is gone takes no more text; what runs must still be stopped in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return stop
}

function welcome({ connection, demoModel }: RunningSystem, { data }: Session): string {
  const { url, apiKey } = connection
  const model = demoModel
    ? `A demo model answers, because no MODEL_BASE_URL is set: it only quotes what it is given.
For a real one, set MODEL_BASE_URL, MODEL_API_KEY and MODEL_DEFAULT and start again.`
    : `Models answer from ${process.env.MODEL_BASE_URL}.`
  return `
Dure is ready after ${elapsed().trim()}.

  Gateway  ${url}
  Docs     ${url}/docs
  API key  ${apiKey}

${model}

Try, in another terminal:
  curl -H 'Authorization: Bearer ${apiKey}' ${url}/v1/node-types
  npm run example

Ctrl-C stops it. The data stay in ${data.path}; \`npm start -- --reset\` forgets them.

`
}
