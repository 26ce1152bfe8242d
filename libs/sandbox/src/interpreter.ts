import release from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
  Scope,
} from 'quickjs-emscripten-core'
import { GUEST_SETUP, UNSHOWN } from './guest.ts'
import {
  type FailureReason,
  type LogLine,
  OUTCOME_LIMITS,
  type Outcome,
  type Program,
} from './program.ts'

export interface Interpreter {
  /**
   * Runs a program in a runtime of its own, of which nothing is left afterwards.
   *
   * @throws when the interpreter itself broke: it must not be used again
   */
  run(program: Program): Outcome
}

const STACK_BYTES = 256 * 1024
const PAGE_BYTES = 65_536
/** As the module was compiled with. */
const INITIAL_BYTES = 16 * 1_048_576
/** Between them the clock is looked at. */
const JOBS = 100
const FILE = 'code.js'

/**
 * @param memoryBytes that it takes at the most, for itself and what runs in it. The limit of QuickJS
 *   would not do: compiled to WebAssembly, it does not know how large what it has allocated is.
 */
export async function loadInterpreter(memoryBytes: number): Promise<Interpreter> {
  const wasmMemory = new WebAssembly.Memory({
    initial: INITIAL_BYTES / PAGE_BYTES,
    maximum: Math.ceil(memoryBytes / PAGE_BYTES),
  })
  // The declarations of the package are those of CommonJS; what comes is the default export.
  const variant = newVariant(release as unknown as QuickJSSyncVariant, { wasmMemory })
  const quickjs = await newQuickJSWASMModuleFromVariant(variant)
  const isFull = refusalsOf(wasmMemory)
  return { run: (program) => Scope.withScope((scope) => run({ quickjs, isFull }, scope, program)) }
}

interface Machine {
  readonly quickjs: QuickJSWASMModule
  /** Whether more memory was wanted than there is, by this program or one before. */
  readonly isFull: () => boolean
}

/** Some may be left when it is too little for what is wanted: how much is taken says nothing. */
function refusalsOf(memory: WebAssembly.Memory): () => boolean {
  let isRefused = false
  const grow = memory.grow.bind(memory)
  memory.grow = (pages) => {
    isRefused = true
    const before = grow(pages)
    isRefused = false
    return before
  }
  return () => isRefused
}

function run({ quickjs, isFull }: Machine, scope: Scope, program: Program): Outcome {
  const endsAt = performance.now() + program.deadlineMs
  const runtime = scope.manage(quickjs.newRuntime())
  const ending = { isLate: false }
  runtime.setMaxStackSize(STACK_BYTES)
  runtime.setInterruptHandler(() => {
    ending.isLate ||= performance.now() >= endsAt
    return ending.isLate
  })
  const vm = scope.manage(runtime.newContext())
  const outcome = new Recorder(isFull)

  const failure = start(vm, scope, program, outcome)
  if (failure) return outcome.failed(failure)
  while (outcome.isOpen && !ending.isLate && runtime.hasPendingJob()) {
    const executed = runtime.executePendingJobs(JOBS)
    if (executed.error) return outcome.failed(failureIn(vm, executed.error, ending))
    ending.isLate ||= performance.now() >= endsAt
  }
  if (ending.isLate) return outcome.failed(LATE)
  return outcome.end()
}

interface Failure {
  readonly reason: FailureReason
  readonly message: string
  readonly line?: number
}

const EXHAUSTED: Failure = { reason: 'memory', message: 'It took more memory than it may' }
const LATE: Failure = { reason: 'deadline', message: 'It took longer than it may' }
const STUCK: Failure = {
  reason: 'never-settles',
  message: 'It waits for something that will never come',
}

const SILENT: ReadonlySet<string> = new Set(['null', '', UNSHOWN])

/** Gathers what the program says, and what becomes of it: whatever comes first. */
class Recorder {
  readonly #isFull: () => boolean
  readonly #logs: LogLine[] = []
  #logged = 0
  #outcome: Outcome | undefined

  constructor(isFull: () => boolean) {
    this.#isFull = isFull
  }

  get isOpen(): boolean {
    return this.#outcome === undefined
  }

  log(level: LogLine['level'], text: string): void {
    if (this.#logs.length >= OUTCOME_LIMITS.logLines || this.#logged >= OUTCOME_LIMITS.logs) return
    const kept = text.slice(0, OUTCOME_LIMITS.logs - this.#logged)
    this.#logged += kept.length
    this.#logs.push({ level, text: kept })
  }

  returned(value: string): void {
    this.#outcome ??= { kind: 'returned', value, logs: this.#logs }
  }

  failed(given: Failure): Outcome {
    // Where there is no room for an error that says so, null is thrown, or something that there is no room to show.
    const isSilent = given.reason === 'threw' && SILENT.has(given.message) && this.#isFull()
    const { message, ...failure } = isSilent ? EXHAUSTED : given
    const short = message.slice(0, OUTCOME_LIMITS.message)
    this.#outcome ??= { kind: 'failed', ...failure, message: short, logs: this.#logs }
    return this.#outcome
  }

  end(): Outcome {
    if (this.#outcome) return this.#outcome
    // A step for which there was no room is never taken, and nothing says so.
    return this.failed(this.#isFull() ? EXHAUSTED : STUCK)
  }
}

/** @returns why it could not be begun */
function start(
  vm: QuickJSContext,
  scope: Scope,
  { source, input, seed, nowMs }: Program,
  outcome: Recorder,
): Failure | undefined {
  const text = (handle: QuickJSHandle) => vm.getString(handle)
  const hostFunction = (name: string, body: (...given: QuickJSHandle[]) => void) =>
    scope.manage(vm.newFunction(name, body))
  const done = hostFunction('done', (value) => outcome.returned(text(value)))
  const log = hostFunction('log', (level, said) =>
    outcome.log(text(level) as LogLine['level'], text(said)),
  )
  const fail = hostFunction('fail', (reason, name, message, stack) => {
    const [kind, type, said] = [text(reason) as FailureReason, text(name), text(message)]
    outcome.failed(
      kind === 'threw' ? thrown(type, said, text(stack)) : { reason: kind, message: said },
    )
  })

  const setUp = scope.manage(vm.unwrapResult(vm.evalCode(GUEST_SETUP, 'setup.js')))
  const launch = scope.manage(
    vm.unwrapResult(
      vm.callFunction(setUp, vm.undefined, [
        ...[done, fail, log],
        scope.manage(vm.newNumber(seed)),
        scope.manage(vm.newNumber(nowMs)),
      ]),
    ),
  )
  // On one line, so that the lines of its errors are those of the source.
  const compiled = vm.evalCode(`(async function (input) { ${source}\n})`, FILE)
  if (compiled.error) return unreadable(vm, compiled.error)
  const program = scope.manage(compiled.value)
  if (vm.typeof(program) !== 'function') return NO_BODY
  const launched = vm.callFunction(launch, vm.undefined, [
    program,
    scope.manage(vm.newString(input)),
  ])
  if (launched.error) return failureIn(vm, launched.error, { isLate: false })
  launched.value.dispose()
  return undefined
}

const NO_BODY: Failure = { reason: 'syntax', message: 'The source is no body of one function' }

/** What the interpreter itself reports: nobody could catch it inside. */
function failureIn(
  vm: QuickJSContext,
  error: QuickJSHandle,
  { isLate }: { readonly isLate: boolean },
): Failure {
  const { name, message, stack } = describe(vm, error)
  return isLate ? LATE : thrown(name, message, stack)
}

function unreadable(vm: QuickJSContext, error: QuickJSHandle): Failure {
  const { name, message, stack } = describe(vm, error)
  const failure = thrown(name, message, stack)
  return failure.reason === 'threw' ? { ...failure, reason: 'syntax' } : failure
}

/** By name alone: a program that forges one says something wrong about itself, and no more. */
function thrown(name: string, message: string, stack: string): Failure {
  if (name === 'InternalError' && message === 'out of memory') {
    return EXHAUSTED
  }
  if (name === 'InternalError' && message === 'interrupted') return LATE
  const line = Number(/\bcode\.js:(\d+)/.exec(stack)?.[1])
  const said = name === '' ? message : `${name}: ${message}`
  return { reason: 'threw', message: said, ...(line > 0 && { line }) }
}

/** As texts, one by one: a guest's object is never turned into one of ours. */
function describe(vm: QuickJSContext, error: QuickJSHandle) {
  const read = (key: string) => {
    const property = vm.getProp(error, key)
    try {
      return vm.typeof(property) === 'string' ? vm.getString(property) : ''
    } finally {
      property.dispose()
    }
  }
  try {
    return { name: read('name'), message: read('message'), stack: read('stack') }
  } finally {
    error.dispose()
  }
}
