import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine, SchemasContainer } from '@prisma/schema-engine-wasm'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import type pg from 'pg'
import type { MakeScratch } from './scratch-databases.ts'
import { instantiateFile } from './web-assembly.ts'

// Prisma's own schema engine, as the WebAssembly that npm ships: the native one is a download.

export interface EngineOptions {
  readonly databaseUrl: string
  readonly schemaPath: string
  /** For commands that replay migrations: each replay wants an empty database of its own. */
  readonly makeScratch?: MakeScratch
}

/** Opens the engine on a database for as long as `use` takes, then closes every connection. */
export async function withEngine<Result>(
  { databaseUrl, schemaPath, makeScratch }: EngineOptions,
  use: (engine: SchemaEngine, schema: SchemasContainer) => Promise<Result>,
): Promise<Result> {
  await load()
  const content = await readFile(schemaPath, 'utf8')
  const connections: SqlDriverAdapter[] = []
  const adapters = new Adapters(databaseUrl, connections, makeScratch)
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [[schemaPath, content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapters),
  )
  try {
    return await use(engine, { files: [{ path: schemaPath, content }] })
  } catch (error) {
    throw withoutEngineTrace(error)
  } finally {
    // Freeing the engine leaves its connections open.
    engine.free()
    await Promise.allSettled(connections.map((connection) => connection.dispose()))
  }
}

/** The message ends in places of the engine's own source, which help nobody here. */
function withoutEngineTrace(error: unknown): unknown {
  if (error instanceof Error) error.message = error.message.replace(/\n\s+0: [\s\S]*$/, '')
  return error
}

let loading: Promise<void> | undefined

function load(): Promise<void> {
  loading ??= instantiate()
  return loading
}

async function instantiate(): Promise<void> {
  reportPanics()
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const { exports } = await instantiateFile(join(folder, 'schema_engine_bg.wasm'), {
    './schema_engine_bg.js': { ...bindings, ...unreferencedTimers() },
  })
  const { __wbg_set_wasm: setExports } = bindings as unknown as EngineSetup
  setExports(exports)
  const { __wbindgen_start: start } = exports as EngineExports
  start()
}

interface EngineSetup {
  __wbg_set_wasm(exports: object): void
}

interface EngineExports {
  __wbindgen_start(): void
}

/** The engine never clears its 10 s lock timer: it must not keep the process alive. */
function unreferencedTimers(): Record<string, (callback: () => void, delayMs: number) => unknown> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'))
  const timer = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref()
  return Object.fromEntries(names.map((name) => [name, timer]))
}

/** The engine expects this object; without it a panic is itself a crash without a message. */
function reportPanics(): void {
  let message = ''
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      get: () => message,
      set_message: (text: string) => {
        message = text
        console.error(`The schema engine failed: ${text}`)
      },
    },
  })
}

class Adapters extends PrismaPg {
  readonly #connections: SqlDriverAdapter[]
  readonly #makeScratch: MakeScratch | undefined

  constructor(url: string, connections: SqlDriverAdapter[], makeScratch?: MakeScratch) {
    super({ connectionString: url, max: 1 })
    this.#connections = connections
    this.#makeScratch = makeScratch
  }

  override async connect() {
    const adapter = await super.connect()
    repair(adapter as unknown as AdapterParts)
    this.#connections.push(adapter)
    return adapter
  }

  /** Never the adapter's own: given a URL, it would take the real database for the scratch one. */
  override async connectToShadowDb() {
    if (!this.#makeScratch) throw new Error('This command was given no scratch database')
    return new Adapters(await this.#makeScratch(), this.#connections).connect()
  }
}

/** The parts of the adapter that are repaired here; it declares them private. */
interface AdapterParts extends Pick<SqlDriverAdapter, 'queryRaw' | 'executeScript'> {
  readonly client: pg.Pool
  performIO(query: unknown): Promise<{ fields?: { dataTypeID: number }[] }>
  onError(error: unknown): never
}

const OID_CHAR = 18
const OID_TEXT = 25

/**
 * Two repairs of @prisma/adapter-pg 7.10: a script goes to PostgreSQL whole (it is split at every
 * `;` otherwise, also inside functions and strings), and the catalogue type "char" is understood.
 */
function repair(adapter: AdapterParts): void {
  const performIO = adapter.performIO.bind(adapter)
  const queryRaw = adapter.queryRaw.bind(adapter)
  let charColumns: number[] = []

  adapter.performIO = async (query) => {
    const result = await performIO(query)
    const fields = result.fields ?? []
    charColumns = fields.flatMap((field, index) => (field.dataTypeID === OID_CHAR ? [index] : []))
    for (const index of charColumns) Object.assign(fields[index] ?? {}, { dataTypeID: OID_TEXT })
    return result
  }
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
  adapter.executeScript = async (script) => {
    try {
      await adapter.client.query(script)
    } catch (error) {
      adapter.onError(error)
    }
  }
}
